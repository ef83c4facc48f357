/** The package's version; scripts/build.mjs puts it in. */
declare const SIPGATE_SANDBOX_VERSION: string;
