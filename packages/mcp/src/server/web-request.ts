// Between Node's requests and those of the web's standards, which the protocol's library takes.
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** @param outgoing whose end, if it comes early, aborts the request */
export function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request {
  const { method = "GET", url = "/", headers } = incoming;
  const given = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const item of [value ?? []].flat()) given.append(name, item);
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const body = method === "GET" || method === "HEAD" ? null : Readable.toWeb(incoming);
  const init = { method, headers: given, signal: gone.signal, body, duplex: "half" };
  return new Request(`http://${headers.host ?? "localhost"}${url}`, init as RequestInit);
}

export async function sendResponse(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  if (response.body !== null)
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      if (outgoing.destroyed) break;
      outgoing.write(chunk);
    }
  outgoing.end();
}
