/** The system's error code, e.g. `ECONNRESET`; empty if an error has none. */
export function systemCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
