import type { IncomingMessage, ServerResponse } from "node:http";
import { splitTarget } from "../http/target.js";
import type { SigningKey } from "./signing-key.js";

/** Outside of /v2, since sipgate's API has nothing like it: for programs that check signatures in another process. */
const PATH = "/push-public-key.pem";

export function asksForPublicKey({ method, url }: IncomingMessage): boolean {
  return method === "GET" && splitTarget(url ?? "/").path === PATH;
}

export async function sendPublicKey(key: SigningKey, response: ServerResponse): Promise<void> {
  const pem = await key.publicPem();
  response.writeHead(200, { "content-type": "application/x-pem-file", "content-length": pem.length });
  response.end(pem);
}
