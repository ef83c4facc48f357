// A server that gives one prepared answer: for answers that neither sipgate nor its sandbox would give.
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";

export interface AnsweringServer {
  readonly baseUrl: string;
  /** What was asked, as `METHOD path`. */
  readonly requests: readonly string[];
  readonly headers: readonly IncomingMessage["headers"][];
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Of the requests, those that change something. */
export const changesIn = (requests: readonly string[]): string[] =>
  requests.filter((request) => !request.startsWith("GET"));

/** Answers every request alike, or as its path and method say. */
export async function answering(
  answers: Answer | ((path: string, method: string) => Answer),
): Promise<AnsweringServer> {
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    request.resume();
    const answer = typeof answers === "function" ? answers(request.url ?? "", request.method ?? "") : answers;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    requests,
    headers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What sipgate says of whose the credentials are, which a key asks for. */
export const USERINFO: Answer = {
  status: 200,
  body: '{"sub":"w0","masterSipId":"1000000","domain":"sipgate.de"}',
};

/** Knows whose the credentials are, and treats the connection of each call request as `behave` says once it's read. */
export async function losingOrders(behave: (socket: Socket) => void): Promise<AnsweringServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => {
      if (request.method === "POST") behave(request.socket);
      else response.writeHead(USERINFO.status).end(USERINFO.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    requests,
    headers: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Treats each connection as `behave` says: for what isn't even HTTP. */
export async function misbehaving(behave: (socket: Socket) => void): Promise<AnsweringServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => requests.push(data.toString("latin1").split("\r\n")[0] ?? ""));
    behave(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    requests,
    headers: [],
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
