import type { FaultKind } from "./faults/fault.js";

/** A request that was answered, or was made to fail. Credentials and bodies are never kept. */
export interface LoggedRequest {
  readonly at: Date;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** The answer's status; null if the client went away first, or got none. */
  readonly status: number | null;
  /** How it was made to fail; null if it wasn't. */
  readonly fault: FaultKind | null;
}
