// The connections over which requests go: plain ones to this machine, secure ones to everywhere.
import { Agent, request as plainRequest } from "node:http";
import { isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Clock } from "../../call/clock.js";
import { createEarlyConnection, type EarlyConnection, FRESH_MS } from "./early-connection.js";

export interface Way {
  readonly send: typeof plainRequest;
  readonly reads: Agent;
  readonly orders: Agent;
  openForOrder(server: URL): void;
}

const KEPT = { keepAlive: true };
/** Requests that ring phones have their own connections, kept for only a second. */
const KEPT_FOR_ORDERS = { keepAlive: true, timeout: FRESH_MS };

/** To this machine, connecting takes no time: nothing is opened early. */
export function plainWay(): Way {
  return {
    send: plainRequest,
    reads: new Agent(KEPT),
    orders: new Agent(KEPT_FOR_ORDERS),
    openForOrder() {},
  };
}

/** node:https brings all of TLS with it: it's loaded only when it's needed. */
export function secureWay(clock: Clock): Way {
  const { Agent: SecureAgent, request } = process.getBuiltinModule("node:https");
  const orders = new SecureAgent(KEPT_FOR_ORDERS);
  const connect = orders.createConnection.bind(orders);
  const early = new Map<string, EarlyConnection>();
  orders.createConnection = (options, callback) => {
    const opened = early.get(`${options.host}:${options.port}`);
    if (opened === undefined) return connect(options);
    void opened.take().then((socket) => callback?.(null, socket ?? (connect(options) as Duplex)));
    return undefined;
  };
  return {
    send: request,
    reads: new SecureAgent(KEPT),
    orders,
    openForOrder(server) {
      const host = hostOf(server);
      const port = server.port || "443";
      const servername = isIP(host) === 0 ? host : "";
      const opening = () => connect({ ...orders.options, host, port, servername }) as TLSSocket;
      const name = `${host}:${port}`;
      if (!early.has(name))
        early.set(
          name,
          createEarlyConnection(clock, () => secured(opening())),
        );
      early.get(name)?.open();
    },
  };
}

/** A connection once it stands. It keeps no process alive: whoever waits for it does. */
function secured(socket: TLSSocket): Promise<Socket> {
  socket.unref();
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("It was closed.")));
    socket.once("secureConnect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

/** An IPv6 address as sockets take it, without brackets; any other host as it is. */
export function hostOf({ hostname }: URL): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}
