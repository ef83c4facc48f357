// The connections over which requests go: plain ones to this machine, secure ones to everywhere, maybe through a proxy.
import { Agent, type ClientRequestArgs, request as plainRequest } from "node:http";
import { isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Clock } from "../../call/clock.js";
import { isLoopback } from "../hosts.js";
import type { HttpsAgent } from "./agent.js";
import { createEarlyConnection, type EarlyConnection, FRESH_MS } from "./early-connection.js";
import type { EarlySockets } from "./early-sockets.js";
import { type ChooseProxy, tunnelThrough } from "./proxy.js";
import { type ServerAddress, serverAddress } from "./urls.js";

export interface Way {
  readonly send: typeof plainRequest;
  readonly reads: Agent;
  readonly calls: Agent;
  openForCall(server: URL): void;
}

const KEPT = { keepAlive: true };
/** Requests that ring phones have their own connections, kept for only a second. */
const KEPT_FOR_CALLS = { keepAlive: true, timeout: FRESH_MS };

/** To this machine, connecting takes no time: nothing is opened early. */
export function plainWay(): Way {
  return {
    send: plainRequest,
    reads: new Agent(KEPT),
    calls: new Agent(KEPT_FOR_CALLS),
    openForCall() {},
  };
}

/**
 * node:https brings all of TLS with it: it's loaded only when it's needed.
 *
 * @param sockets that may have been opened before
 */
export function secureWay(
  clock: Clock,
  choose: ChooseProxy = () => undefined,
  sockets: EarlySockets = NONE,
): Way {
  const { Agent: SecureAgent, request } = process.getBuiltinModule("node:https");
  const [reads, calls] = [new SecureAgent(KEPT), new SecureAgent(KEPT_FOR_CALLS)];
  const connectorOf = (agent: Agent) => connectsThrough(choose, sockets, agent.createConnection.bind(agent));
  const connect = connectorOf(calls);
  const early = new Map<string, EarlyConnection>();
  reads.createConnection = handed(connectorOf(reads));
  calls.createConnection = handed((options) => {
    const opened = early.get(nameOf(options));
    return opened === undefined
      ? connect(options)
      : opened.take().then((socket) => socket ?? connect(options));
  });
  return {
    send: request,
    reads,
    calls,
    openForCall(server) {
      const address = serverAddress(server);
      const servername = isIP(address.host) === 0 ? address.host : "";
      const options = { ...calls.options, ...address, servername };
      const name = nameOf(options);
      const opening = async () => {
        const opened = connect(options);
        return opened instanceof Promise ? opened : secured(opened);
      };
      if (!early.has(name)) early.set(name, createEarlyConnection(clock, opening));
      early.get(name)?.open();
    },
  };
}

/** Through an application's own agent. */
export function wayOf(agent: HttpsAgent): Way {
  const { request } = process.getBuiltinModule("node:https");
  const own = agent as Agent; // As checked by `agentProblems`.
  return { send: request, reads: own, calls: own, openForCall() {} };
}

const NONE: EarlySockets = { take: () => undefined, close() {} };

const nameOf = ({ host, port }: ClientRequestArgs) => `${host}:${port}`;

/** Opens a connection: one that is being made or, through a proxy, one that stands by then. */
type Connect = (options: ClientRequestArgs) => TLSSocket | Promise<TLSSocket>;

function connectsThrough(
  choose: ChooseProxy,
  sockets: EarlySockets,
  directly: Agent["createConnection"],
): Connect {
  const connect = (options: ClientRequestArgs) => directly(options) as TLSSocket;
  return (options) => {
    const address = { host: options.host ?? "", port: String(options.port) };
    const proxy = proxyFor(choose, address);
    if (proxy !== undefined) return connectBy(proxy, options);
    const opened = sockets.take(address);
    if (opened === undefined) return connect(options);
    return opened.then((socket) => secured(socket === undefined ? connect(options) : over(socket, options)));
  };
}

/** The proxy on the way there, if any. */
function proxyFor(choose: ChooseProxy, { host, port }: ServerAddress): URL | undefined {
  return isLoopback(host.includes(":") ? `[${host}]` : host) ? undefined : choose(host, port);
}

async function connectBy(proxy: URL, options: ClientRequestArgs): Promise<TLSSocket> {
  return secured(over(await tunnelThrough(proxy, options.host ?? "", String(options.port)), options));
}

/** TLS over a connection that stands. */
function over(socket: Socket, { host, port, path, ...options }: ClientRequestArgs): TLSSocket {
  return process.getBuiltinModule("node:tls").connect({ ...options, host: host ?? "", socket });
}

/** As an agent takes it. A connection that it waits for keeps the process alive from then on. */
function handed(
  connect: (options: ClientRequestArgs) => Duplex | Promise<Socket>,
): Agent["createConnection"] {
  return (options, callback) => {
    const opened = connect(options);
    if (!(opened instanceof Promise)) return opened;
    opened.then(
      (socket) => callback?.(null, socket.ref()),
      (error) => callback?.(error, undefined as never),
    );
    return undefined;
  };
}

/** A connection once it stands. It keeps no process alive; what waits for it does. */
function secured(socket: TLSSocket): Promise<TLSSocket> {
  socket.unref();
  return new Promise((resolve, reject) => {
    const lost = () => reject(new Error("The connection was lost while it was made."));
    socket.once("error", reject);
    socket.once("close", lost);
    socket.once("secureConnect", () => {
      socket.off("error", reject);
      socket.off("close", lost);
      resolve(socket);
    });
  });
}
