import type { RequestListener } from "node:http";
import { createServer, type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

/** For how long a client may take over its headers, and over a whole request, in milliseconds. */
const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;

/** An HTTP server that answers nonsense and half requests with a 4xx. */
export function createHttpServer(listener: RequestListener): Server {
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT, requestTimeout: REQUEST_TIMEOUT, connectionsCheckingInterval: 1_000 },
    listener,
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    refuse(socket as Socket, STATUS_OF[error.code ?? ""] ?? 400, "The request is not valid HTTP.");
  });
  // Tunnels would need sipgate's certificate: only proxy requests in absolute form can be answered.
  server.on("connect", (_request, socket) => refuse(socket as Socket, 405, "Tunnels are not supported."));
  return server;
}

const STATUS_OF: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

function refuse(socket: Socket, status: number, message: string): void {
  socket.on("error", () => socket.destroy());
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Error"}`,
    "Connection: close",
    "Content-Type: text/plain",
    `Content-Length: ${Buffer.byteLength(message)}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${message}`);
}

/** Resolves with the port once the server listens; rejects if it can't. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Stops listening and cuts what is still connected. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
