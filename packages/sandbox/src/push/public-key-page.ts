import type { IncomingMessage } from "node:http";
import type { HttpResponse } from "../http/response.js";
import { splitTarget } from "../http/target.js";
import { publicPem } from "../signing-key.js";

/**
 * For programs in another process that verify signatures. It's outside /v2, since sipgate's API has nothing like it.
 */
const PATH = "/push-public-key.pem";

export function asksForPublicKey({ method, url }: IncomingMessage): boolean {
  return method === "GET" && splitTarget(url ?? "/").path === PATH;
}

export async function publicKeyPage(): Promise<HttpResponse> {
  return {
    status: 200,
    headers: { "content-type": "application/x-pem-file" },
    body: Buffer.from(await publicPem()),
  };
}
