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

/** The log is cut to its newest half when it grows beyond this many requests. */
const LIMIT = 20_000;

/** The newest requests, oldest first. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > LIMIT) this.#entries = this.#entries.slice(-LIMIT / 2);
  }

  snapshot(): readonly LoggedRequest[] {
    return [...this.#entries];
  }
}
