// Something between the command line and the sandbox's login, which answers for tokens as a test wants.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "sipgate-sandbox";

export interface LoginProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** @param change what becomes of the answer to a request for tokens */
export async function loginProxy(
  sandbox: Sandbox,
  change: (body: string) => string | Promise<string>,
): Promise<LoginProxy> {
  const there = sandbox.loginUrl;
  let here = "";
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { "content-type": type = "", cookie = "" } = request.headers;
    const answer = await fetch(there + request.url, {
      method: request.method ?? "GET",
      headers: { cookie, ...(type === "" ? {} : { "content-type": type }) },
      redirect: "manual",
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    const { "content-length": _, location, ...headers } = Object.fromEntries(entriesOf(answer.headers));
    // The issuer that the browser is sent back with.
    const back = location?.replace(encodeURIComponent(there), encodeURIComponent(here));
    const body = await answer.text();
    const changed = request.url?.endsWith("/token") ? await change(body) : body;
    response.writeHead(answer.status, { ...headers, ...(back === undefined ? {} : { location: back }) });
    response.end(changed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: here,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function entriesOf(headers: Headers): [string, string][] {
  const entries: [string, string][] = [];
  headers.forEach((value, name) => {
    entries.push([name, value]);
  });
  return entries;
}
