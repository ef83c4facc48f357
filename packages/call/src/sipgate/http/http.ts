// The port between the adapter and what carries its requests: node:http in Node, fetch everywhere else.
import { type Clock, outside } from "../../call/clock.js";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Whose scheme, host and port are meant, and nothing else of it. One for many requests: reading a URL takes time. */
  readonly server: URL;
  /** From the host on, with its query, e.g. `/v2/numbers?offset=0`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** 1, and more where reading is tried again, or anything with a renewed token. */
  readonly attempt: number;
  /** Milliseconds until the whole answer has to be there. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether it can't be sent again, since it rings phones or uses up a refresh token: then it must not get lost on a kept
   * connection that the other side is just closing.
   */
  readonly neverRetry: boolean;
  /** Awaited once the connection stands, as far as that can be told; if it rejects, no byte is sent. */
  readonly beforeFirstByte?: (() => Promise<void>) | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  /** The `Retry-After` header as it came, if any. */
  readonly retryAfter: string | undefined;
  /** The `Date` header as it came, if any. */
  readonly date: string | undefined;
  readonly body: string;
}

/**
 * Sends a request, once: no retry, no redirect followed.
 *
 * @throws TransportError where no complete answer came
 * @throws whatever `beforeFirstByte` has
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** Makes a transport whose time limits count by a clock. */
export type OpenTransport = (clock: Clock) => Transport;

/** A transport whose requests are known to the clock. */
export function knownTo(clock: Clock, transport: Transport): Transport {
  return (request) => outside(clock, transport(request));
}

export type TransportFailure =
  | "dns"
  | "refused"
  | "unreachable"
  | "tls"
  | "connection-lost"
  | "answer-too-large"
  | "garbled"
  | "timeout"
  | "aborted"
  | "other";

/** No complete answer came. */
export class TransportError extends Error {
  readonly failure: TransportFailure;
  /** Whether any of the request may have left this machine. */
  readonly sent: boolean;

  /** @param cause of a failure; of `aborted` the signal's reason, which is the program's own and kept as it is */
  constructor(failure: TransportFailure, sent: boolean, cause?: unknown) {
    const kept = failure === "aborted" ? cause : withoutDetails(cause);
    super(failure, kept === undefined ? undefined : { cause: kept });
    this.name = "TransportError";
    this.failure = failure;
    this.sent = sent;
  }
}

/**
 * An error with its name, message and code alone. Node's hold certificates and, where an answer wasn't HTTP, its bytes:
 * a proxy may have repeated what it was sent. Applications' own often hold whole requests.
 */
export function withoutDetails(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { cause, name, message, stack } = error;
  const bare = new Error(message, cause === undefined ? undefined : { cause: withoutDetails(cause) });
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return Object.assign(bare, code, { name, stack });
}

/** Bytes of an answer that are read at most: far more than a page of 1,000 history entries has. */
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
