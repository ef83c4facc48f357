/** How a request fails. */
export const FAULT_KINDS = [
  /** The connection is reset in place of an answer. */
  "reset",
  /** The connection is closed in place of an answer. */
  "close",
  /** No answer ever comes, and the connection stays. */
  "silence",
  /** Something comes that isn't HTTP. */
  "garbage",
  /** The head of an answer comes, its body never does. */
  "headers-only",
  /** A body of 100 MB. */
  "huge",
  /** A body without end. */
  "endless",
  /** An answer with the given `status`, `headers` and `body`. */
  "answer",
  /** The true answer comes byte by byte, `interval` apart. */
  "dribble",
  /** Half of the true answer's body comes, then the connection is closed. */
  "cut",
  /** Half of the true answer's body comes as if it were the whole. */
  "truncated",
  /** The true answer comes compressed, although nobody asked for it. */
  "gzip",
  /** The true answer is said to be compressed and isn't. */
  "broken-gzip",
  /** 100 Continue and 103 Early Hints come before the true answer. */
  "continue",
  /** The true answer comes as HTTP/1.0, without a length. */
  "http-1.0",
  /** The true answer comes, and the connection that was to be kept is closed. */
  "close-afterwards",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault that the sandbox is told to have. */
export interface Fault {
  readonly how: FaultKind;
  /** Which requests fail. Default: any. */
  readonly method?: string;
  /**
   * As sipgate documents it: below the version for the REST API, as `/calls/{callId}`, whole for the login, as
   * `/auth/realms/{realm}/protocol/openid-connect/token`. Default: any.
   */
  readonly path?: string;
  /** How many requests that fit are spared first. Default: 0. */
  readonly skip?: number;
  /** How many requests that fit fail then. Default: 1. */
  readonly times?: number;
  /**
   * Whether the request has its effect all the same: a call is placed. Default: false, but always true where the true
   * answer is told in another way.
   */
  readonly carriedOut?: boolean;
  /** Milliseconds between two bytes of `dribble`, of real time. Default: 10. */
  readonly interval?: number;
  /** HTTP status of `answer`. Default: the true answer's if it's carried out, else 503. */
  readonly status?: number;
  /** Headers of `answer`, in place of or beside the true answer's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Body of `answer`. Default: the true answer's if it's carried out, else none. */
  readonly body?: string;
}

const TELLS_THE_TRUE_ANSWER: ReadonlySet<FaultKind> = new Set<FaultKind>([
  "dribble",
  "cut",
  "truncated",
  "gzip",
  "broken-gzip",
  "continue",
  "http-1.0",
  "close-afterwards",
]);

/** Whether the request has its effect before it fails. */
export function isCarriedOut({ how, carriedOut = false }: Fault): boolean {
  return carriedOut || TELLS_THE_TRUE_ANSWER.has(how);
}
