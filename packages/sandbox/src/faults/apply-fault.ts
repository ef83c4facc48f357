import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { type Answer, send } from "../http/answer.js";
import type { Fault, FaultKind } from "./fault.js";

/** What a fault works with. */
interface Scene {
  readonly fault: Fault;
  readonly socket: Socket;
  readonly response: ServerResponse;
  /** What would be answered; undefined unless the request was carried out. */
  readonly answer: Answer | undefined;
}

const HUGE = 100 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, " ");

/** Answers in the way that the fault has. */
export function applyFault(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer | undefined,
): void {
  const { socket } = request;
  request.resume(); // What was sent must not keep a connection that is closed properly from ending.
  WAYS[fault.how]({ fault, socket, response, answer });
}

const WAYS: Readonly<Record<FaultKind, (scene: Scene) => void>> = {
  reset: ({ socket }) => void socket.resetAndDestroy(),
  close: ({ socket }) => void socket.end(),
  silence: () => {},
  garbage: ({ socket }) => void socket.end("220 sandbox.invalid ESMTP\r\n"),
  "headers-only": ({ response }) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 64 });
    response.flushHeaders();
  },
  huge: ({ response }) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": HUGE });
    pour(response, HUGE);
  },
  endless: ({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    pour(response, Number.POSITIVE_INFINITY);
  },
  answer: ({ fault, response, answer }) => send(response, replaced(fault, answer)),
  dribble: ({ fault, response, answer }) => dribble(response, whole(answer), fault.interval ?? 10),
  cut: ({ socket, response, answer }) => {
    const { status, headers, body } = whole(answer);
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.write(half(body), () => socket.end());
  },
  truncated: ({ response, answer }) => send(response, { ...whole(answer), body: half(whole(answer).body) }),
  gzip: ({ response, answer }) => {
    const { status, headers, body } = whole(answer);
    send(response, { status, headers: { ...headers, "content-encoding": "gzip" }, body: gzipSync(body) });
  },
  "broken-gzip": ({ response, answer }) => {
    const { status, headers, body } = whole(answer);
    send(response, { status, headers: { ...headers, "content-encoding": "gzip" }, body });
  },
  continue: ({ response, answer }) => {
    response.writeContinue();
    response.writeEarlyHints({ link: "</style.css>; rel=preload" });
    send(response, whole(answer));
  },
  "http-1.0": ({ socket, answer }) => {
    const { status, headers, body } = whole(answer);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.0 ${status} \r\n${lines.join("")}\r\n`);
    socket.end(body);
  },
  "close-afterwards": ({ socket, response, answer }) => {
    response.once("finish", () => socket.end());
    send(response, whole(answer));
  },
};

function whole(answer: Answer | undefined): Answer {
  if (answer === undefined)
    throw new Error("This fault tells the true answer: the request has to be carried out.");
  return answer;
}

function half(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}

function replaced({ status, headers, body }: Fault, answer: Answer | undefined): Answer {
  return {
    status: status ?? answer?.status ?? 503,
    headers: { ...answer?.headers, ...headers },
    body: body === undefined ? (answer?.body ?? Buffer.alloc(0)) : Buffer.from(body),
  };
}

/** Writes so many bytes of spaces, as fast as they're taken. */
function pour(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= CHUNK.length;
      if (!response.write(CHUNK)) {
        response.once("drain", more);
        return;
      }
    }
    response.end();
  };
  more();
}

function dribble(response: ServerResponse, { status, headers, body }: Answer, interval: number): void {
  response.writeHead(status, { ...headers, "content-length": body.length });
  response.flushHeaders();
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + 1));
    sent += 1;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, interval);
  response.once("close", () => clearInterval(timer));
}
