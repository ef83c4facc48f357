// The dialer's server: its page for anyone, its API for pages that were let in.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Accounts } from "../account/accounts.js";
import type { Calls } from "../calls/calls.js";
import type { Team } from "../lists/team.js";
import { textIn } from "../wire/decode.js";
import { Refusal } from "../wire/refusal.js";
import type { EventStream } from "./event-stream.js";
import { cookieName, hasSession, isFromOwnPage, isOwnHost } from "./guard.js";
import { useCode } from "./one-time-codes.js";
import type { PageFile } from "./page-files.js";
import { readJson, reply, replyJson, setSecurityHeaders } from "./reply.js";
import { answerOf, createRoutes } from "./routes.js";
import type { Sessions } from "./sessions.js";

export interface Parts {
  readonly port: number;
  readonly folder: string;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly calls: Calls;
  /** Undefined if there are no call lists. */
  readonly team: Team | undefined;
  readonly events: EventStream;
  /** Where the page may connect to, besides this server. */
  readonly connectSources: readonly string[];
  /** Takes pushed events of a sandbox. */
  readonly push: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export const PUSH_PATH = "/push";

export async function handleRequest(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await handle(parts, request, response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (error instanceof Refusal) replyJson(response, error.status, { message: error.message });
    else replyJson(response, 500, { message: "The dialer has failed." });
  }
}

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  const method = request.method ?? "";
  setSecurityHeaders(response, parts.connectSources);
  if (!isOwnHost(request, parts.port)) throw new Refusal(403, "This isn't the dialer's address.");
  const file = parts.files.get(path);
  if (file !== undefined && method === "GET") {
    // Nothing in it is secret. With "no-store" no browser would keep the page for its "back" button.
    response.setHeader("cache-control", "no-cache");
    return reply(response, 200, file.type, file.body);
  }
  if (path === PUSH_PATH && method === "POST") return parts.push(request, response);
  if (!isFromOwnPage(request, parts.port)) throw new Refusal(403, "Only the dialer's own page may ask.");
  if (path === "/api/session" && method === "POST") return beginSession(parts, request, response);
  if (!hasSession(request, parts.sessions, parts.port))
    throw new Refusal(401, "Open the dialer with sipgate-dialer.");
  if (path === "/api/events" && method === "GET")
    return parts.events.add(response, {
      kind: "hello",
      calls: parts.calls.all(),
      desk: parts.team?.desk.wire,
    });
  const body = method === "GET" ? {} : await readJson(request);
  const routes = createRoutes(parts.accounts, parts.calls, parts.team);
  const { status, value } = await answerOf(routes, method, path, body);
  replyJson(response, status, value);
}

async function beginSession(parts: Parts, request: IncomingMessage, response: ServerResponse) {
  const code = textIn(await readJson(request), "code");
  if (!useCode(parts.folder, parts.port, code)) throw new Refusal(401, "The code is used up or too old.");
  const { cookie, token } = parts.sessions.begin();
  const attributes = "Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000";
  response.setHeader("set-cookie", `${cookieName(parts.port)}=${cookie}; ${attributes}`);
  replyJson(response, 200, { token });
}
