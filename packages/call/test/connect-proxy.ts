// A small proxy that answers CONNECT, as those in companies do. It leads to this machine, whichever host it's asked for.
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

export interface ConnectProxy {
  /** Host and port. */
  readonly address: string;
  /** What it was asked for: target and `Proxy-Authorization`. */
  readonly asked: readonly { readonly target: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** @param refuse the status to answer with, if it's no success; 0 closes the connection */
export async function connectProxy(
  refuse: (request: IncomingMessage) => number | undefined = () => undefined,
): Promise<ConnectProxy> {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on("connect", (request: IncomingMessage, near: Duplex) => {
    const target = request.url ?? "";
    asked.push({ target, authorization: request.headers["proxy-authorization"] });
    sockets.add(near);
    near.on("error", () => {});
    const status = refuse(request);
    if (status === 0) return near.destroy();
    if (status !== undefined) return near.end(`HTTP/1.1 ${status} No\r\ncontent-length: 4\r\n\r\nNo!\n`);
    const far = connect(Number(target.split(":").at(-1)), "127.0.0.1", () => {
      near.write("HTTP/1.1 200 Connection established\r\n\r\n");
      near.pipe(far).pipe(near);
    });
    far.on("error", () => near.destroy());
    near.on("close", () => far.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
