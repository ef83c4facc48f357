/** What went wrong, as one stable word. */
export type ListsErrorCode =
  | "no-database"
  | "database-url"
  | "database-unreachable"
  | "database-failed"
  | "database-too-old"
  | "no-schema"
  | "schema-too-new"
  | "not-found"
  | "not-open"
  | "file"
  | "busy"
  | "not-installed"
  | "neo"
  | "usage";

/** An error of this package. It never holds the database's URL, which has a password in it. */
export class ListsError extends Error {
  /** Stable; branch on this, not on the message. */
  readonly code: ListsErrorCode;
  /** What to do about it, in a sentence or two. */
  readonly remedy: string;

  constructor(code: ListsErrorCode, message: string, remedy: string) {
    super(message);
    this.name = "ListsError";
    this.code = code;
    this.remedy = remedy;
  }
}
