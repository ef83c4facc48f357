// What each failure to reach sipgate means, and what to do about it.
import { CallError, type CallErrorCode, type Placed } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { TransportError, TransportFailure } from "./http.js";

/** What a message about a missing response needs to know of the request. */
export interface FailedRequest {
  /** What for, as the end of "Couldn't …", e.g. `place the call`. */
  readonly purpose: string;
  /** Whether the request rings phones. */
  readonly placesCall: boolean;
  /** The assumed address of the server. */
  readonly baseUrl: string;
}

/** What is true of a call once its request may have arrived and no clear response came. */
export function placedAfterSending(context: Pick<FailedRequest, "placesCall">): Placed {
  return context.placesCall ? "unknown" : "no";
}

export const DONT_REPEAT =
  "It isn't known whether phones ring. Look at your phone and at the call history before you call again.";

/** The error for a request that got no complete response. */
export function networkError(failed: TransportError, context: FailedRequest): CallError {
  const placed = failed.sent ? placedAfterSending(context) : "no";
  const { message, remedy } = NETWORK_FAILURES[failed.failure];
  const host = hostOf(context.baseUrl);
  return new CallError(
    networkCode(failed.failure),
    `Couldn't ${context.purpose}: ${message.replace("HOST", host).replace("PROXY", printable(failed.proxy ?? ""))}.`,
    {
      remedy: placed === "unknown" ? `${DONT_REPEAT} ${remedy}` : remedy,
      placed,
      cause: failed.cause,
    },
  );
}

function networkCode(failure: TransportFailure): CallErrorCode {
  return failure === "timeout" || failure === "aborted" ? failure : "network";
}

function hostOf(baseUrl: string): string {
  return new URL(baseUrl).host;
}

const NETWORK_FAILURES: Readonly<Record<TransportFailure, { message: string; remedy: string }>> = {
  dns: {
    message: "the name HOST can't be looked up",
    remedy: "Check the network connection and the base URL.",
  },
  refused: {
    message: "HOST refused the connection",
    remedy: "Check that the base URL is right and the server runs.",
  },
  unreachable: { message: "HOST can't be reached", remedy: "Check the network connection and the firewall." },
  "not-tls": {
    message: "HOST doesn't speak TLS on this port, so there is no secure connection",
    remedy: "Check scheme and port of the base URL. Only a server on this machine may have http://.",
  },
  "certificate-expired": {
    message: "the certificate of HOST has expired, or isn't valid yet",
    remedy: "Check this machine's date and time. If they are right, only the server's operator can mend it.",
  },
  "certificate-of-another-host": {
    message: "HOST shows the certificate of another host",
    remedy:
      "Check the host's name in the base URL. If it's right, something in between answers in its place.",
  },
  "certificate-untrusted": {
    message: "the certificate of HOST is signed by itself, or by an authority that isn't known here",
    remedy:
      "Behind a company proxy, let NODE_EXTRA_CA_CERTS name the file with its authority's certificate. Otherwise check the base URL: something in between may answer in the server's place.",
  },
  "proxy-unreachable": {
    message: "no connection through the proxy PROXY came about",
    remedy:
      "Check the proxy's address, and that it can be reached from here. NO_PROXY names what goes around it.",
  },
  "proxy-credentials": {
    message: "the proxy PROXY asks for other credentials",
    remedy: "Put name and password into the variable: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT.",
  },
  "proxy-refused": {
    message: "the proxy PROXY doesn't allow a connection to HOST",
    remedy:
      "Ask the proxy's operator to allow it, or let NO_PROXY name the host if it can be reached directly.",
  },
  "proxy-failed": {
    message: "the proxy PROXY couldn't connect to HOST",
    remedy: "Check the base URL, or try again later: the proxy itself may have no network.",
  },
  tls: {
    message: "no secure connection to HOST came about",
    remedy: "Check the base URL. If it's right, a proxy or an outdated server offers no TLS that is safe.",
  },
  "connection-lost": { message: "the connection to HOST broke", remedy: "Check the network connection." },
  "response-too-large": {
    message: "the answer from HOST is larger than any of sipgate's",
    remedy: "Check the base URL.",
  },
  garbled: {
    message: "the answer from HOST can't be decompressed",
    remedy: "A proxy in between garbles it, or the base URL is wrong.",
  },
  timeout: {
    message: "HOST didn't answer in time",
    remedy: "Check the network connection, or allow more time.",
  },
  aborted: {
    message: "the program canceled it",
    remedy: "Call again if it was a mistake.",
  },
  other: { message: "the request to HOST failed", remedy: "Check the network connection and the base URL." },
};
