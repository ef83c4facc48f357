import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { authenticate, forbidden } from "./authorization.js";
import { type Reply, refuse, type World } from "./exchange.js";
import { fieldProblem } from "./fields.js";
import { match, type Route } from "./routes.js";

/** A request that was answered. Never holds credentials or bodies. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

const LARGEST_BODY = 64 * 1024;
// A client that dribbles its request is given up after so many milliseconds.
const REQUEST_TIMEOUT = 30_000;

export function createRestServer(world: World, log: (request: LoggedRequest) => void): Server {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT, headersTimeout: REQUEST_TIMEOUT },
    (request, response) => {
      const { method = "" } = request;
      const url = targetOf(request);
      void answer(request, method, url, world).then((reply) => {
        log({ method, path: url?.pathname ?? "?", status: reply.status });
        send(response, reply);
      });
    },
  );
  server.on("clientError", (_, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  return server;
}

/** The target, be it a path or, as proxies get it, a whole URL, whose host doesn't matter then. */
function targetOf({ url = "" }: IncomingMessage): URL | undefined {
  return URL.canParse(url, "http://sandbox") ? new URL(url, "http://sandbox") : undefined;
}

async function answer(
  request: IncomingMessage,
  method: string,
  url: URL | undefined,
  world: World,
): Promise<Reply> {
  const segments = url === undefined ? undefined : decoded(url.pathname);
  if (url === undefined || segments === undefined) return refuse(400, "The path can't be understood");
  const { route, path, methods } = match(method, segments);
  if (methods.length === 0) return refuse(404, "Not found");
  if (route === undefined)
    return { ...refuse(405, "Method not allowed"), headers: { allow: methods.join(", ") } };
  const account = authenticate(request.headers.authorization);
  if ("status" in account) return account;
  const refusal = forbidden(account, route);
  if (refusal !== undefined) return refusal;
  const body = await readBody(request, route);
  if ("status" in body) return body;
  return route.handle({ account, path, query: url.searchParams, body: body.fields, world });
}

function decoded(pathname: string): string[] | undefined {
  try {
    return pathname.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

type Body = { readonly fields: Readonly<Record<string, unknown>> };

/** The body that a route takes, checked field by field, or the refusal that it gets. */
async function readBody(request: IncomingMessage, { fields }: Route): Promise<Body | Reply> {
  if (fields === undefined) return { fields: {} };
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/json")
    return refuse(415, "Content-Type has to be application/json");
  if (request.headers["content-encoding"] !== undefined)
    return refuse(415, "Content-Encoding isn't supported");
  const bytes = await collect(request);
  if (bytes === undefined)
    return { ...refuse(413, "The body is too large"), headers: { connection: "close" } };
  const parsed = parseObject(bytes);
  if (parsed === undefined) return refuse(400, "The body isn't a JSON object");
  const problem = fieldProblem(parsed, fields);
  return problem === undefined ? { fields: parsed } : refuse(400, problem.detail, `/${problem.field}`);
}

/** The whole body; undefined where it's too large or never ends. */
async function collect(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size > LARGEST_BODY) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined; // The client went away: nobody is left to answer.
  }
  return Buffer.concat(chunks);
}

function parseObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body = "", headers = {} }: Reply): void {
  if (response.destroyed) return;
  response.writeHead(
    status,
    status === 204 ? headers : { ...headers, "content-length": Buffer.byteLength(body) },
  );
  response.end(status === 204 ? undefined : body);
}
