/** A request that was answered. Credentials and bodies are never kept. */
export interface LoggedRequest {
  readonly at: Date;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** The answer's status; null if the client went away first. */
  readonly status: number | null;
}
