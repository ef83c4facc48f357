// The way through a proxy: CONNECT, after which it only passes bytes on. What goes through is TLS to sipgate itself.
import type { Socket } from "node:net";
import type { TransportFailure } from "./http.js";

/**
 * The address of the proxy for a host, which is never this machine: http: or https:, and maybe with the user's name and
 * password for it. Undefined if the host is reached directly.
 */
export type ChooseProxy = (host: string, port: string) => URL | undefined;

/** No connection through the proxy came about: nothing was sent to sipgate. */
export class ProxyError extends Error {
  readonly failure: TransportFailure;
  /** Its host and port. */
  readonly proxy: string;

  constructor(failure: TransportFailure, proxy: string, why: string, cause?: unknown) {
    super(why, cause === undefined ? undefined : { cause });
    this.name = "ProxyError";
    this.failure = failure;
    this.proxy = proxy;
  }
}

/**
 * A connection through a proxy, over which nothing was sent. It keeps no process alive, and has no time limit: the request
 * that waits for it has one.
 *
 * @throws ProxyError if there is none; it holds no credentials
 */
export function tunnelThrough(url: URL, host: string, port: string): Promise<Socket> {
  const isSecure = url.protocol === "https:";
  const { request } = process.getBuiltinModule(isSecure ? "node:https" : "node:http");
  const { isIP } = process.getBuiltinModule("node:net");
  const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const proxyHost = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  return new Promise((resolve, reject) => {
    const fail = (failure: TransportFailure, why: string, cause?: unknown) => {
      reject(new ProxyError(failure, url.host, why, cause));
      asking.destroy();
    };
    const asking = request({
      method: "CONNECT",
      host: proxyHost,
      port: url.port || (isSecure ? 443 : 80),
      // Node would take it from the Host header, which names sipgate.
      ...(isSecure ? { servername: isIP(proxyHost) === 0 ? proxyHost : "" } : {}),
      path: target,
      headers: { host: target, ...authorizationOf(url) },
      agent: false,
    });
    asking.on("socket", (socket) => socket.unref());
    asking.on("error", (error) => fail("proxy-unreachable", error.message, error));
    asking.on("connect", ({ statusCode = 0 }, socket, head) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        return fail(failureOf(statusCode), `It answered ${statusCode}.`);
      }
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    asking.end();
  });
}

function failureOf(status: number): TransportFailure {
  // tinyproxy answers 401 if the credentials are wrong, and 407 if there are none (seen with 1.11).
  if (status === 407 || status === 401) return "proxy-credentials";
  return status >= 500 ? "proxy-failed" : "proxy-refused";
}

function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const credentials = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64");
  return { "proxy-authorization": `Basic ${credentials}` };
}

/** A percent sign in a password may be just that. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
