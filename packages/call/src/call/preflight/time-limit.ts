/** Milliseconds that checks may take: a call that would work must not wait for a list that doesn't come. */
export const PREFLIGHT_LIMIT_MS = 5_000;
