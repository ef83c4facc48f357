// Everything that goes wrong between a client and sipgate, and what a client has to make of it.
import type { CallErrorCode, Placed } from "sipgate-call";
import type { EndpointKind, Fault } from "sipgate-sandbox";

export interface FailureCase {
  readonly name: string;
  /** What fails, of the request in question; or where it's sent. */
  readonly fault?: Partial<Fault> & Pick<Fault, "how">;
  readonly endpoint?: EndpointKind;
  /** What placing a call comes to: the code of the error, or that it works. */
  readonly code: CallErrorCode | "ok";
  readonly placed: Placed;
  /** How many calls the sandbox has really placed. */
  readonly calls: 0 | 1;
  /** The same for a request that answers nothing when it succeeds. Default: `code`. */
  readonly command?: CallErrorCode | "ok";
}

type Loss = Pick<FailureCase, "code" | "placed">;
const LOST: Loss = { code: "network", placed: "unknown" };
const LATE: Loss = { code: "timeout", placed: "unknown" };
const NONSENSE: Loss = { code: "unexpected-response", placed: "unknown" };
const FAILED: Loss = { code: "server-error", placed: "unknown" };
const WORKS = { code: "ok", placed: "yes", calls: 1 } as const;

/** Before a byte of the request was sent. */
function unreachable(name: string, endpoint: EndpointKind): FailureCase {
  return { name, endpoint, code: "network", placed: "no", calls: 0 };
}

/** In place of the answer, to a request that has had its effect and to one that hasn't. */
function either(name: string, fault: Fault, loss: Loss): FailureCase[] {
  return [
    { name: `${name}, call not placed`, fault, ...loss, calls: 0 },
    { name: `${name}, call placed`, fault: { ...fault, carriedOut: true }, ...loss, calls: 1 },
  ];
}

/** The true response, damaged. */
function damaged(name: string, fault: Fault, loss: Loss): FailureCase {
  return { name, fault, ...loss, calls: 1, command: "ok" }; // There is nothing to damage.
}

function works(name: string, fault: Fault): FailureCase {
  return { name, fault, ...WORKS };
}

/** An answer in place of the true one, after which nothing was placed. */
function answered(
  name: string,
  { status, headers, body }: Partial<Fault>,
  code: CallErrorCode,
  placed: Placed,
  command: CallErrorCode | "ok" = code,
): FailureCase {
  const fault: Fault = {
    how: "answer",
    ...(status === undefined ? {} : { status }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
  return { name, fault, code, placed, calls: 0, command };
}

const PAGE = { headers: { "content-type": "text/html" }, body: "<html><h1>Proxy</h1></html>" };
const json = (body: string) => ({ headers: { "content-type": "application/json" }, body });

/** @param elsewhere where redirects lead to */
export function failureCasesFor(elsewhere: string): readonly FailureCase[] {
  return [
    unreachable("refused connection", "refused"),
    unreachable("host name that isn't known", "unknown-host"),
    unreachable("no TLS", "not-tls"),
    unreachable("self-signed certificate", "self-signed"),
    unreachable("expired certificate", "expired"),
    unreachable("certificate of another host", "wrong-host"),
    ...either("reset", { how: "reset" }, LOST),
    ...either("closed without an answer", { how: "close" }, LOST),
    ...either("no answer ever", { how: "silence" }, LATE),
    ...either("headers only", { how: "headers-only" }, LATE),
    ...either("not HTTP", { how: "garbage" }, LOST),
    ...either("100 MB", { how: "huge" }, LOST),
    ...either("a body without end", { how: "endless" }, LOST),
    works("answer in dribbles", { how: "dribble", interval: 2 }),
    damaged("answer in dribbles, too slow", { how: "dribble", interval: 2_000 }, LATE),
    { ...damaged("connection closed amid the answer", { how: "cut" }, LOST), command: "network" },
    damaged("half of the JSON", { how: "truncated" }, NONSENSE),
    works("compressed, although nobody asked", { how: "gzip" }),
    damaged("broken gzip", { how: "broken-gzip" }, LOST),
    works("100 Continue and 103 before it", { how: "continue" }),
    works("HTTP/1.0", { how: "http-1.0" }),
    works("connection closed afterwards", { how: "close-afterwards" }),
    works("wrong content type", {
      how: "answer",
      carriedOut: true,
      headers: { "content-type": "text/plain" },
    }),
    answered(
      "wrong JSON",
      { status: 200, ...json('{"sessionId":["x"]}') },
      "unexpected-response",
      "unknown",
      "ok",
    ),
    answered(
      "JSON that's no object",
      { status: 200, ...json("null") },
      "unexpected-response",
      "unknown",
      "ok",
    ),
    answered("no body", { status: 204 }, "unexpected-response", "unknown", "ok"),
    answered("a proxy's page, 200", { status: 200, ...PAGE }, "unexpected-response", "unknown"),
    answered("a proxy's page, 403", { status: 403, ...PAGE }, "forbidden", "no"),
    answered("a proxy's page, 407", { status: 407, ...PAGE }, "unexpected-response", "unknown"),
    answered("a proxy's page, 502", { status: 502, ...PAGE }, "server-error", "unknown"),
    ...[301, 302, 303, 307, 308].map((status) =>
      answered(
        `${status} to another host`,
        { status, headers: { location: elsewhere } },
        "unexpected-response",
        "unknown",
      ),
    ),
    answered("401, as an expired access token gets", { status: 401 }, "unauthorized", "no"),
    answered("408", { status: 408 }, "unexpected-response", "unknown"),
    answered("425", { status: 425 }, "unexpected-response", "unknown"),
    answered("429 without Retry-After", { status: 429 }, "rate-limited", "no"),
    answered(
      "429 with Retry-After in seconds",
      { status: 429, headers: { "retry-after": "1" } },
      "rate-limited",
      "no",
    ),
    answered(
      "429 with Retry-After as a date",
      { status: 429, headers: { "retry-after": "Mon, 05 Jan 2026 08:00:01 GMT" } },
      "rate-limited",
      "no",
    ),
    ...[500, 501, 502, 503, 504].flatMap((status) => either(`${status}`, { how: "answer", status }, FAILED)),
  ];
}
