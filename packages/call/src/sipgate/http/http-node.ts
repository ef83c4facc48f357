import type { ClientRequest, IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { type Clock, outside } from "../../call/clock.js";
import { systemCodeOf } from "../../call/text/system-code.js";
import type { HttpsAgent } from "./agent.js";
import { decompress } from "./decompress.js";
import type { EarlySockets } from "./early-sockets.js";
import {
  type HttpRequest,
  type HttpResponse,
  knownTo,
  MAX_RESPONSE_BYTES,
  type Transport,
  TransportError,
  type TransportFailure,
} from "./http.js";
import { type ChooseProxy, ProxyError } from "./proxy.js";
import { hostOf } from "./urls.js";
import { plainWay, secureWay, type Way, wayOf } from "./ways.js";

/**
 * A transport over node:http and node:https with connections that are kept alive.
 *
 * @param agent the application's own, for secure connections
 * @param choose the proxy for each host. Default: none
 * @param sockets that were opened for its first requests
 */
export function createNodeTransport(
  clock: Clock,
  agent?: HttpsAgent,
  choose?: ChooseProxy,
  sockets?: EarlySockets,
): Transport {
  const plain = plainWay();
  let secure: Way | undefined;
  const wayTo = ({ protocol }: URL) => {
    if (protocol === "http:") return plain;
    secure ??= agent === undefined ? secureWay(clock, choose, sockets) : wayOf(agent);
    return secure;
  };
  const send = (request: HttpRequest) => exchange(request, wayTo(request.server), clock);
  return knownTo(
    clock,
    Object.assign(send, { openForCall: (server: URL) => wayTo(server).openForCall(server) }),
  );
}

createNodeTransport.takesAgent = true;

function exchange(request: HttpRequest, way: Way, clock: Clock): Promise<HttpResponse> {
  const { send, reads, calls } = way;
  return new Promise((resolve, reject) => {
    const { method, server, path, body, timeout, signal } = request;
    if (signal?.aborted) throw new TransportError("aborted", false, signal.reason);
    const agent = request.neverRetry ? calls : reads;
    const { port } = server;
    const outgoing = send({ host: hostOf(server), port, path, method, agent, headers: headersOf(request) });
    let isSettled = false;
    let isSent = false;
    const settle = () => {
      isSettled = true;
      cancelTimeout();
      signal?.removeEventListener("abort", abort);
    };
    const failWith = (error: unknown) => {
      settle();
      reject(error);
      outgoing.destroy();
    };
    const fail = (failure: TransportFailure, cause?: unknown) =>
      failWith(new TransportError(failure, isSent, cause));
    const abort = () => fail("aborted", signal?.reason);
    // A suspended process resumes after the timeout with a response unread in its socket: read that first.
    const cancelTimeout = clock.after(
      timeout,
      () => void outside(clock, afterReading()).then(() => isSettled || fail("timeout")),
    );
    const sendNow = () => {
      if (isSettled) return;
      isSent = true;
      outgoing.end(body);
    };
    signal?.addEventListener("abort", abort, { once: true });
    outgoing.on("error", (error) => {
      if (!(error instanceof ProxyError)) return fail(failureOf(error), error);
      failWith(new TransportError(error.failure, false, error, error.proxy));
    });
    // We never ask for another protocol.
    outgoing.on("upgrade", (_answer, socket) => {
      socket.destroy();
      fail("connection-lost");
    });
    outgoing.on("response", (incoming) =>
      readAnswer(incoming, fail, (response) => {
        settle();
        resolve(response);
      }),
    );
    onceConnected(outgoing, () => {
      if (request.neverRetry && reads === calls && outgoing.reusedSocket) {
        // An agent of the application's keeps connections for longer than is safe. Nothing was sent: it has to open another.
        settle();
        outgoing.destroy();
        resolve(exchange(request, way, clock));
        return;
      }
      if (request.beforeFirstByte === undefined) sendNow();
      else request.beforeFirstByte().then(sendNow, failWith);
    });
  });
}

/** Waits until what has arrived by now is read. */
async function afterReading(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** As a list: Node reads each header of an object several times, a tenth of a request's CPU time. */
function headersOf({ server, headers, body }: HttpRequest): string[] {
  const list = ["host", server.host];
  for (const name in headers) list.push(name, headers[name] ?? "");
  if (body !== undefined) list.push("content-length", String(Buffer.byteLength(body)));
  return list;
}

/** Tells when the connection (with TLS, the secure one) stands: until then none of the request is sent. */
function onceConnected(outgoing: ClientRequest, connected: () => void): void {
  outgoing.once("socket", (socket) => {
    // Some agents hand over a socket that is connected, but not secure yet. Node's types lack this property.
    const { secureConnecting } = socket as Partial<Record<"secureConnecting", boolean>>;
    if (!socket.connecting && secureConnecting !== true) {
      if (!socket.destroyed) connected(); // Else the error comes next.
      return;
    }
    const established = (socket as Partial<TLSSocket>).encrypted === true ? "secureConnect" : "connect";
    socket.once(established, connected);
  });
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
    if (size > MAX_RESPONSE_BYTES) fail("response-too-large");
    else chunks.push(chunk);
  });
  incoming.on("error", (error) => fail("connection-lost", error));
  incoming.on("end", () => {
    const finish = (body: Buffer) =>
      done({
        status: incoming.statusCode ?? 0,
        contentType: incoming.headers["content-type"] ?? "",
        retryAfter: incoming.headers["retry-after"],
        date: incoming.headers.date,
        body: body.toString("utf8"),
      });
    const encoding = incoming.headers["content-encoding"];
    if (encoding === undefined || size === 0) finish(Buffer.concat(chunks));
    else decompress(Buffer.concat(chunks), encoding).then(finish, (error) => fail(garbledBy(error), error));
  });
}

function garbledBy(error: unknown): TransportFailure {
  const isTooLarge = systemCodeOf(error) === "ERR_BUFFER_TOO_LARGE";
  return isTooLarge ? "response-too-large" : "garbled";
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
  CERT_HAS_EXPIRED: "certificate-expired",
  CERT_NOT_YET_VALID: "certificate-expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-of-another-host",
};

function failureOf(error: NodeJS.ErrnoException): TransportFailure {
  const code = error.code ?? "";
  const known = FAILURE_BY_CODE[code];
  if (known !== undefined) return known;
  if (code.startsWith("HPE_")) return "connection-lost";
  if (isOfAuthority(code)) return "certificate-untrusted";
  if (!/^(?:ERR_TLS|ERR_SSL|CERT_|EPROTO)/.test(code)) return "other";
  // OpenSSL's words for bytes that are no TLS, such as those of plain HTTP; Node 20 puts some of them into the message only.
  return /wrong.version.number|packet.length.too.long|unknown.protocol|http.request/i.test(
    `${code} ${error.message}`,
  )
    ? "not-tls"
    : "tls";
}

/** Whether nobody who is trusted here has signed the certificate. */
function isOfAuthority(code: string): boolean {
  return /^(?:DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_UNTRUSTED|CERT_SIGNATURE|INVALID_CA)/.test(code);
}
