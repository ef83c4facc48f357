import { randomUUID } from "node:crypto";
import type { Flow } from "../transports/flow.js";

/** A new name for a transaction of ours. The beginning says that it's unique (RFC 3261). */
export function newBranch(): string {
  return `z9hG4bK${randomUUID()}`;
}

/** The `Via` of a message to a phone. */
export function viaOf({ transport, localIp, localPort }: Flow, branch: string): string {
  return `SIP/2.0/${transport} ${hostPort(localIp, localPort)};branch=${branch};rport`;
}

export function hostPort(ip: string, port: number): string {
  return `${ip.includes(":") ? `[${ip}]` : ip}:${port}`;
}
