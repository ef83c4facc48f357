import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { accessOf } from "../http/access.js";
import { splitTarget } from "../http/target.js";
import type { TrustedHosts } from "../http/trusted-hosts.js";
import type { TrustedOrigins } from "../http/trusted-origins.js";
import type { Registrar } from "./registrar.js";
import { WEBSOCKET_PATH } from "./sip-addresses.js";

/** Hands connections that ask for SIP over WebSocket to the registrar, if they come from the right place. */
export function createUpgrade(
  registrar: Registrar,
  hosts: TrustedHosts,
  origins: TrustedOrigins,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const isTrusted = accessOf(request, hosts, origins).response === undefined;
    if (!isTrusted) refuse(socket, "403 Forbidden");
    else if (splitTarget(request.url ?? "/").path !== WEBSOCKET_PATH) refuse(socket, "404 Not Found");
    else registrar.upgrade(request, socket, head);
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
