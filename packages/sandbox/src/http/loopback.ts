import { isIP } from "node:net";

/** Whether a host name or address is this machine's own. */
export function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
