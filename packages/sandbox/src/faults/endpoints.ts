import { createServer as createPlainServer, type RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import { closeServer, listen } from "../http/server.js";
import { EXPIRED, SELF_SIGNED, SERVER_KEY, TRUSTED, WRONG_HOST } from "./certificates.js";

/**
 * What is wrong with an endpoint: nobody listens there, its host name doesn't exist, it doesn't speak TLS, or its
 * certificate isn't trusted, has expired or is for another host. `trusted` is for comparison: it works for a client
 * that trusts the sandbox's certificate authority.
 */
export type EndpointKind =
  | "refused"
  | "unknown-host"
  | "not-tls"
  | "self-signed"
  | "expired"
  | "wrong-host"
  | "trusted";

const CERTIFICATES: Readonly<Record<string, string>> = {
  "self-signed": SELF_SIGNED,
  expired: EXPIRED,
  "wrong-host": WRONG_HOST,
  trusted: TRUSTED,
};

/** The faulty addresses of a sandbox. Each is opened when it's first asked for. */
export class Endpoints {
  readonly #listener: RequestListener;
  readonly #origin: string;
  readonly #servers: Server[] = [];
  readonly #urls = new Map<EndpointKind, Promise<string>>();

  /** @param origin the sandbox's, such as `http://127.0.0.1:8888` */
  constructor(listener: RequestListener, origin: string) {
    this.#listener = listener;
    this.#origin = origin;
  }

  /** The base URL of the endpoint with this fault. */
  baseUrl(kind: EndpointKind): Promise<string> {
    const known = this.#urls.get(kind) ?? this.#make(kind);
    this.#urls.set(kind, known);
    return known;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#urls.values());
    await Promise.all(this.#servers.map(closeServer));
  }

  async #make(kind: EndpointKind): Promise<string> {
    if (kind === "refused") return `http://127.0.0.1:${await freePort()}/v2`;
    if (kind === "unknown-host") return "https://sandbox.invalid/v2"; // No name below .invalid exists (RFC 2606).
    if (kind === "not-tls") return `${this.#origin.replace("http:", "https:")}/v2`;
    const cert = CERTIFICATES[kind];
    if (cert === undefined) throw new TypeError(`There is no endpoint ${kind}.`);
    const server = createServer({ key: SERVER_KEY, cert }, this.#listener);
    this.#servers.push(server);
    return `https://127.0.0.1:${await listen(server, 0, "127.0.0.1")}/v2`;
  }
}

/** A port that nobody listens on, as far as can be known: it was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createPlainServer();
  const port = await listen(server, 0, "127.0.0.1");
  await closeServer(server);
  return port;
}
