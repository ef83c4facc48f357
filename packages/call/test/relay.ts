// Something between a client and the sandbox that lets requests wait.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "sipgate-sandbox";

export interface Relay {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** What a request is made to wait for, before it reaches the sandbox and before its answer is passed on. */
export interface Waits {
  readonly before?: (method: string, path: string) => Promise<void> | undefined;
  readonly after?: (method: string, path: string) => Promise<void> | undefined;
}

export async function relayTo(sandbox: Sandbox, { before, after }: Waits): Promise<Relay> {
  const { origin } = new URL(sandbox.baseUrl);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = "", url = "" } = request;
    await before?.(method, url);
    const { authorization = "", "content-type": type = "" } = request.headers;
    const answer = await fetch(origin + url, {
      method,
      headers: { authorization, ...(type === "" ? {} : { "content-type": type }) },
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    const body = await answer.text();
    await after?.(method, url);
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
