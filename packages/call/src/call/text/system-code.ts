import { isError } from "./is-error.js";

/** The system's error code, e.g. `ECONNRESET`; empty if an error has none. */
export function systemCodeOf(error: unknown): string {
  return isError(error) && "code" in error ? String(error.code) : "";
}
