// What is reported about each request, for logs and bug reports.

import type { Clock } from "../../call/clock.js";
import type { Platform } from "../../call/telephony.js";
import { isError } from "../../call/text/is-error.js";
import { systemCodeOf } from "../../call/text/system-code.js";
import { type Transport, TransportError, type TransportFailure, wrapped } from "./http.js";

/** One attempt at a request. It holds no header, no body, no id and no phone number. */
export interface RequestTrace {
  /** Tells it from other events. */
  readonly kind: "request";
  /** E.g. `POST`. */
  readonly method: string;
  /** Scheme, host and port of the server, e.g. `https://api.example.com`. */
  readonly origin: string;
  /** Below the base URL, with names in place of ids and search terms, e.g. `/calls/{callId}/hold`. */
  readonly path: string;
  /** 1; more when a read is retried, or any request with a renewed token. */
  readonly attempt: number;
  /** Milliseconds until the whole response was there, or none came. */
  readonly durationMs: number;
  /** Length of the body that was sent, in bytes. */
  readonly sentBytes: number;
  /** HTTP status; undefined if no complete response came. */
  readonly status: number | undefined;
  /** Length of the body that came, in bytes. Undefined if none came. */
  readonly receivedBytes: number | undefined;
  /** Why no complete response came. Undefined if one did. */
  readonly failure: TransportFailure | undefined;
  /** The system's word for the failure, e.g. `ECONNRESET`. Undefined if there is none. */
  readonly systemCode: string | undefined;
}

/** The platform was found out, or is taken from the settings or the access token. */
export interface PlatformTrace {
  /** Tells it from other events. */
  readonly kind: "platform";
  /** The platform. */
  readonly platform: Platform;
}

/** What is reported for logs. */
export type TraceEvent = RequestTrace | PlatformTrace;
/** A function that takes what is reported. What it throws is ignored. */
export type Trace = (event: TraceEvent) => void;

/**
 * A transport that reports each request after its end.
 *
 * @param basePath what reported paths leave out, e.g. `/v2`
 */
export function traced(clock: Clock, transport: Transport, trace: Trace, basePath = ""): Transport {
  return wrapped(transport, async (request) => {
    const begun = clock.monotonicMs();
    const tell = (end: Pick<RequestTrace, "status" | "receivedBytes" | "failure" | "systemCode">) =>
      trace({
        kind: "request",
        method: request.method,
        origin: request.server.origin,
        path: named(request.path.slice(basePath.length)),
        attempt: request.attempt,
        durationMs: Math.round(clock.monotonicMs() - begun),
        sentBytes: bytesIn(request.body ?? ""),
        ...end,
      });
    try {
      const answer = await transport(request);
      tell({
        status: answer.status,
        receivedBytes: bytesIn(answer.body),
        failure: undefined,
        systemCode: undefined,
      });
      return answer;
    } catch (error) {
      const failure = error instanceof TransportError ? error.failure : "other";
      tell({ status: undefined, receivedBytes: undefined, failure, systemCode: codeOfCause(error) });
      throw error;
    }
  });
}

// The words in the paths of sipgate's API and of its login. Anything else is an id, named after what it
// follows.
const WORDS = new Set(
  "announcements auth authorization balance callrestrictions calls channels devices dtmf events groups history hold muted numbers openid-connect protocol realms recording revoke sessions sipgate-apps third-party token transfer userinfo".split(
    " ",
  ),
);
const IDS: ReadonlyMap<string, string> = new Map([
  ["calls", "{callId}"],
  ["channels", "{channelId}"],
]);
/** Parameters whose values say nothing about a person. */
const PLAIN = new Set(["limit", "offset", "types", "type"]);

function named(pathAndQuery: string): string {
  const [before = "", after] = pathAndQuery.split("?");
  const words = before.split("/").slice(1);
  const path = words.map((word, index) =>
    WORDS.has(word) ? word : (IDS.get(words[index - 1] ?? "") ?? "{userId}"),
  );
  const query = [...new URLSearchParams(after)].map(
    ([name, value]) => `${name}=${PLAIN.has(name) ? value : "…"}`,
  );
  return `/${path.join("/")}${query.length === 0 ? "" : `?${query.join("&")}`}`;
}

function codeOfCause(error: unknown): string | undefined {
  const code = systemCodeOf(isError(error) ? error.cause : undefined);
  return /^[A-Z][A-Z0-9_]*$/.test(code) ? code : undefined;
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}
