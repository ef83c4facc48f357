/** The package's version; scripts/build.mjs puts it in. */
declare const SIPGATE_CALL_VERSION: string;
