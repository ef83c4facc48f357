import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import type { TLSSocket } from "node:tls";
import {
  type HttpRequest,
  type HttpResponse,
  MAX_ANSWER_BYTES,
  type Transport,
  TransportError,
  type TransportFailure,
} from "./http.js";

type Send = typeof plainRequest;

/** A transport over node:http and node:https with connections that are kept alive. */
export function createNodeTransport(): Transport {
  const plainAgent = new Agent({ keepAlive: true });
  let secure: Promise<{ send: Send; agent: Agent }> | undefined;
  // node:https brings all of TLS with it: it's loaded only where it's needed.
  const secureTransport = async () => {
    const https = await import("node:https");
    return { send: https.request, agent: new https.Agent({ keepAlive: true }) };
  };
  return async (request) => {
    if (request.signal?.aborted) throw new TransportError("aborted", false);
    if (request.url.protocol === "http:") return exchange(request, plainRequest, plainAgent);
    secure ??= secureTransport();
    const { send, agent } = await secure;
    return exchange(request, send, agent);
  };
}

function exchange(request: HttpRequest, send: Send, agent: Agent): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const { method, url, headers, body, timeout, signal } = request;
    const outgoing = send(url, { method, agent, headers });
    const wasSent = watchSending(outgoing);
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const fail = (failure: TransportFailure, cause?: unknown) => {
      settle();
      reject(new TransportError(failure, wasSent(), cause));
      outgoing.destroy();
    };
    const abort = () => fail("aborted");
    const timer = setTimeout(() => fail("timeout"), timeout);
    signal?.addEventListener("abort", abort, { once: true });
    outgoing.on("error", (error) => fail(failureOf(error), error));
    outgoing.on("response", (incoming) =>
      readAnswer(incoming, fail, (response) => {
        settle();
        resolve(response);
      }),
    );
    outgoing.end(body);
  });
}

/** Tells whether any of the request may have been sent: from the moment that the connection stood. */
function watchSending(outgoing: ClientRequest): () => boolean {
  let sent = false;
  outgoing.once("socket", (socket) => {
    if (!socket.connecting) {
      sent = true;
      return;
    }
    const established = (socket as Partial<TLSSocket>).encrypted === true ? "secureConnect" : "connect";
    socket.once(established, () => {
      sent = true;
    });
  });
  return () => sent;
}

function readAnswer(
  incoming: IncomingMessage,
  fail: (failure: TransportFailure, cause?: unknown) => void,
  done: (response: HttpResponse) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) fail("answer-too-large");
    else chunks.push(chunk);
  });
  incoming.on("error", (error) => fail("connection-lost", error));
  incoming.on("end", () =>
    done({
      status: incoming.statusCode ?? 0,
      contentType: incoming.headers["content-type"] ?? "",
      retryAfter: incoming.headers["retry-after"],
      body: Buffer.concat(chunks).toString("utf8"),
    }),
  );
}

const FAILURE_BY_CODE: Readonly<Record<string, TransportFailure>> = {
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  ECONNREFUSED: "refused",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  ETIMEDOUT: "unreachable",
  ECONNRESET: "connection-lost",
  EPIPE: "connection-lost",
};

function failureOf(error: NodeJS.ErrnoException): TransportFailure {
  const code = error.code ?? "";
  const known = FAILURE_BY_CODE[code];
  if (known !== undefined) return known;
  if (code.startsWith("HPE_")) return "connection-lost";
  return /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code) ? "tls" : "other";
}
