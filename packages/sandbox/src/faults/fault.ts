/** Faults that send something else in place of the true response, or nothing. */
export const REPLACING_FAULTS = [
  /** The connection is reset. */
  "reset",
  /** The connection is closed. */
  "close",
  /** Nothing is ever sent, and the connection stays open. */
  "silence",
  /** Something is sent that isn't HTTP. */
  "garbage",
  /** The head of a response is sent, but never its body. */
  "headers-only",
  /** A body of 100 MB. */
  "huge",
  /** A body without end. */
  "endless",
  /** A response with the given `status`, `headers` and `body`. */
  "answer",
] as const;

/** Faults that send the true response in a faulty way. The request always has its effect. */
export const ALTERING_FAULTS = [
  /** It's sent byte by byte, `interval` apart. */
  "dribble",
  /** Half of its body is sent, then the connection is closed. */
  "cut",
  /** Half of its body is sent as if it were the whole. */
  "truncated",
  /** It's compressed, although the client didn't ask for it. */
  "gzip",
  /** It claims to be compressed and isn't. */
  "broken-gzip",
  /** 100 Continue and 103 Early Hints are sent first. */
  "continue",
  /** It's sent as HTTP/1.0, without a length. */
  "http-1.0",
  /** It's sent, then the connection is closed without warning. */
  "close-afterwards",
] as const;

export type ReplacingFault = (typeof REPLACING_FAULTS)[number];
export type AlteringFault = (typeof ALTERING_FAULTS)[number];

/** How a request fails. */
export type FaultKind = ReplacingFault | AlteringFault;

export const FAULT_KINDS: readonly FaultKind[] = [...REPLACING_FAULTS, ...ALTERING_FAULTS];

/** A fault to inject, and into which requests. */
export interface Fault {
  /** What happens in place of the true response, or to it. */
  readonly how: FaultKind;
  /**
   * The method of the requests that fail.
   *
   * @default any
   */
  readonly method?: string;
  /**
   * The path of the requests that fail, as sipgate documents it [official]: without the version for the REST API, as in
   * `/calls/{callId}`, complete for the login, as in `/auth/realms/{realm}/protocol/openid-connect/token`. A part in
   * braces stands for any value.
   *
   * @default any
   */
  readonly path?: string;
  /**
   * How many matching requests succeed first.
   * @default 0
   */
  readonly skip?: number;
  /**
   * How many matching requests fail then.
   * @default 1
   */
  readonly times?: number;
  /**
   * Whether the request has its effect although it fails: for instance, whether the call is placed. Always true for
   * faults that send the true response.
   * @default false
   */
  readonly carriedOut?: boolean;
  /**
   * For `dribble`: milliseconds between two bytes, in real time.
   * @default 10
   */
  readonly interval?: number;
  /**
   * For `answer`: the HTTP status.
   *
   * @default that of the true response if the request is carried out, else 503
   */
  readonly status?: number;
  /**
   * For `answer`: headers to send, in addition to those of the true response if the request is carried out.
   *
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * For `answer`: the body.
   *
   * @default that of the true response if the request is carried out, else empty
   */
  readonly body?: string;
}

/** Whether a fault of this kind sends the true response, in a faulty way. */
export function isAltering(how: FaultKind): how is AlteringFault {
  return ALTERING_FAULTS.some((kind) => kind === how);
}

/** Whether the request has its effect although it fails. */
export function isCarriedOut({ how, carriedOut = false }: Fault): boolean {
  return carriedOut || isAltering(how);
}
