// The port between the adapter and what sends its requests: node:http in Node, fetch everywhere else.

import { type Clock, outside } from "../../call/clock.js";
import { isError } from "../../call/text/is-error.js";
import type { HttpsAgent } from "./agent.js";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Only its scheme, host and port are used. One for many requests: parsing a URL takes time. */
  readonly server: URL;
  /** What follows the host, with its query, e.g. `/v2/numbers?offset=0`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** 1; more when a read is retried, or any request with a renewed token. */
  readonly attempt: number;
  /** Milliseconds until the whole response has to be there. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether it can't be sent again, since it rings phones or uses up a refresh token. Then it must not get
   * lost on a kept connection that the other side is just closing.
   */
  readonly neverRetry: boolean;
  /** Awaited once the connection is established, as far as can be told; if it rejects, no byte is sent. */
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
 * @throws TransportError if no complete response came
 * @throws whatever `beforeFirstByte` has
 */
export interface Transport {
  (request: HttpRequest): Promise<HttpResponse>;
  /**
   * Opens the connection for a request that can't be sent again, so it needn't wait for it. Sends nothing; if the
   * connection is no longer fresh by then, the request gets another. Undefined if the runtime has no such means.
   */
  readonly openForCall?: ((server: URL) => void) | undefined;
}

/** Makes a transport. */
export interface OpenTransport {
  /**
   * @param clock by which its time limits count
   * @param agent the application's own
   */
  (clock: Clock, agent?: HttpsAgent): Transport;
  /** Whether it takes an agent. Default: false. */
  readonly takesAgent?: boolean;
}

/** A transport whose requests are known to the clock. */
export function knownTo(clock: Clock, transport: Transport): Transport {
  return wrapped(transport, (request) => outside(clock, transport(request)));
}

/** A transport that sends its requests through another. */
export function wrapped(
  { openForCall }: Transport,
  send: (request: HttpRequest) => Promise<HttpResponse>,
): Transport {
  return Object.assign(send, { openForCall });
}

/** Why no complete response came, as one stable word. */
export type TransportFailure =
  | "dns"
  | "refused"
  | "unreachable"
  | "not-tls"
  | "certificate-expired"
  | "certificate-of-another-host"
  | "certificate-untrusted"
  | "proxy-unreachable"
  | "proxy-credentials"
  | "proxy-refused"
  | "proxy-failed"
  | "tls"
  | "connection-lost"
  | "response-too-large"
  | "garbled"
  | "timeout"
  | "aborted"
  | "other";

/** No complete response came. */
export class TransportError extends Error {
  readonly failure: TransportFailure;
  /** Whether any of the request may have left this machine. */
  readonly sent: boolean;
  /** Host and port of the proxy, if it's the proxy that failed. */
  readonly proxy: string | undefined;

  /**
   * @param cause of a failure; of `aborted` the signal's reason, which is the program's own and kept as it is
   */
  constructor(failure: TransportFailure, sent: boolean, cause?: unknown, proxy?: string) {
    const kept = failure === "aborted" ? cause : withoutDetails(cause);
    super(failure, kept === undefined ? undefined : { cause: kept });
    this.name = "TransportError";
    this.failure = failure;
    this.sent = sent;
    this.proxy = proxy;
  }
}

/**
 * An error with only its name, message and code. Node's errors hold certificates and, if a response wasn't
 * HTTP, its bytes: a proxy may have repeated what it was sent. Applications' own errors often hold whole
 * requests.
 */
export function withoutDetails(error: unknown): unknown {
  if (!isError(error)) return error;
  const { cause, name, message, stack } = error;
  const bare = new Error(message, cause === undefined ? undefined : { cause: withoutDetails(cause) });
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return Object.assign(bare, code, { name, stack });
}

/** Bytes of a response that are read at most: far more than a page of 1,000 history entries has. */
export const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
