import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { type HttpResponse, send } from "../http/response.js";
import { type AlteringFault, type Fault, isAltering, type ReplacingFault } from "./fault.js";

/** Where a faulty response goes. */
interface Connection {
  readonly socket: Socket;
  readonly outgoing: ServerResponse;
}

const HUGE_BYTES = 100 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, " ");

/**
 * Responds to a request as a fault demands.
 * @param trueResponse `undefined` if the request wasn't carried out
 */
export function applyFault(
  fault: Fault,
  request: IncomingMessage,
  outgoing: ServerResponse,
  trueResponse: HttpResponse | undefined,
): void {
  const { socket } = request;
  request.resume(); // A body that nobody reads would keep the connection from being closed properly.
  if (!isAltering(fault.how)) REPLACE[fault.how]({ socket, outgoing }, fault, trueResponse);
  else if (trueResponse === undefined) throw new Error(`The fault ${fault.how} needs the true response.`);
  else ALTER[fault.how]({ socket, outgoing }, trueResponse, fault);
}

type Replace = (connection: Connection, fault: Fault, trueResponse: HttpResponse | undefined) => void;

const REPLACE: Readonly<Record<ReplacingFault, Replace>> = {
  // Node can't reset a connection that is encrypted. To be cut off without a farewell is the same to a client.
  reset: ({ socket }) => void ("encrypted" in socket ? socket.destroy() : socket.resetAndDestroy()),
  close: ({ socket }) => void socket.end(),
  silence: () => {},
  garbage: ({ socket }) => void socket.end("220 sandbox.invalid ESMTP\r\n"),
  "headers-only": ({ outgoing }) => {
    outgoing.writeHead(200, { "content-type": "application/json", "content-length": 64 });
    outgoing.flushHeaders();
  },
  huge: ({ outgoing }) => {
    outgoing.writeHead(200, { "content-type": "application/json", "content-length": HUGE_BYTES });
    pour(outgoing, HUGE_BYTES);
  },
  endless: ({ outgoing }) => {
    outgoing.writeHead(200, { "content-type": "application/json" });
    pour(outgoing, Number.POSITIVE_INFINITY);
  },
  answer: ({ outgoing }, { status, headers, body }, trueResponse) =>
    send(outgoing, {
      status: status ?? trueResponse?.status ?? 503,
      headers: { ...trueResponse?.headers, ...inLowerCase(headers) },
      body: body === undefined ? (trueResponse?.body ?? Buffer.alloc(0)) : Buffer.from(body),
    }),
};

/** As the headers of the true response are written: one that is given takes the place of the true one. */
function inLowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

type Alter = (connection: Connection, trueResponse: HttpResponse, fault: Fault) => void;

const ALTER: Readonly<Record<AlteringFault, Alter>> = {
  dribble: ({ outgoing }, trueResponse, { interval = 10 }) => dribble(outgoing, trueResponse, interval),
  cut: ({ socket, outgoing }, { status, headers, body }) => {
    outgoing.writeHead(status, { ...headers, "content-length": body.length });
    outgoing.write(firstHalf(body), () => socket.end());
  },
  truncated: ({ outgoing }, trueResponse) =>
    send(outgoing, { ...trueResponse, body: firstHalf(trueResponse.body) }),
  gzip: ({ outgoing }, trueResponse) =>
    send(outgoing, markedAsGzip({ ...trueResponse, body: gzipSync(trueResponse.body) })),
  "broken-gzip": ({ outgoing }, trueResponse) => send(outgoing, markedAsGzip(trueResponse)),
  continue: ({ outgoing }, trueResponse) => {
    outgoing.writeContinue();
    outgoing.writeEarlyHints({ link: "</style.css>; rel=preload" });
    send(outgoing, trueResponse);
  },
  "http-1.0": ({ socket }, { status, headers, body }) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.0 ${status} \r\n${lines.join("")}\r\n`);
    socket.end(body);
  },
  "close-afterwards": ({ socket, outgoing }, trueResponse) => {
    outgoing.once("finish", () => socket.end());
    send(outgoing, trueResponse);
  },
};

function markedAsGzip(response: HttpResponse): HttpResponse {
  return { ...response, headers: { ...response.headers, "content-encoding": "gzip" } };
}

function firstHalf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}

/** Writes this many spaces, as fast as the client takes them: none in response to HEAD, which has no body to wait for. */
function pour(outgoing: ServerResponse, bytes: number): void {
  let left = outgoing.req.method === "HEAD" ? 0 : bytes;
  const more = (): void => {
    while (left > 0 && !outgoing.destroyed) {
      left -= CHUNK.length;
      if (!outgoing.write(CHUNK)) {
        outgoing.once("drain", more);
        return;
      }
    }
    outgoing.end();
  };
  more();
}

function dribble(
  outgoing: ServerResponse,
  { status, headers, body }: HttpResponse,
  intervalMs: number,
): void {
  outgoing.writeHead(status, { ...headers, "content-length": body.length });
  outgoing.flushHeaders();
  let sent = 0;
  const timer = setInterval(() => {
    outgoing.write(body.subarray(sent, sent + 1));
    sent += 1;
    if (sent < body.length) return;
    clearInterval(timer);
    outgoing.end();
  }, intervalMs);
  outgoing.once("close", () => clearInterval(timer));
}
