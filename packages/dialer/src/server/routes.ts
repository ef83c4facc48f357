// The JSON API: what the page needs, and nothing else.
import type { Accounts } from "../account/accounts.js";
import { readHistory } from "../account/history.js";
import type { Calls } from "../calls/calls.js";
import { problemOf } from "../calls/problem.js";
import type { Team } from "../lists/team.js";
import { readText } from "../numbers/read-text.js";
import { callRequestIn, controlIn, followedIn, textIn } from "../wire/decode.js";
import { Refusal } from "../wire/refusal.js";
import { createListRoutes } from "./list-routes.js";

export interface Answer {
  readonly status: number;
  readonly value: unknown;
}

type Route = (body: object, id: string) => Promise<unknown>;

/** Past calls that are read at once, and at most. */
const NEWEST = 200;
const MOST = 10_000;

/** @param team undefined if there are no call lists */
export function createRoutes(
  accounts: Accounts,
  calls: Calls,
  team: Team | undefined,
): Readonly<Record<string, Route>> {
  return {
    ...(team && createListRoutes(team, accounts)),
    "GET /api/account": () => accounts.read(),
    "POST /api/profile": async (body) => {
      accounts.choose(textIn(body, "name"));
      return accounts.read();
    },
    "POST /api/phone": async (body) =>
      (await accounts.chosen.client.sipAccount(textIn(body, "device"))) ?? null,
    "POST /api/devices": async (body) => ({
      id: await accounts.chosen.client.registerDevice(textIn(body, "name")),
    }),
    "POST /api/number": (body) => readText(textIn(body, "text"), accounts.chosen.defaultCountry),
    "POST /api/preflight": async (body) => {
      const { id: _, ...request } = callRequestIn({ ...body, id: "preflight" });
      return accounts.chosen.client.preflight(request);
    },
    "GET /api/history": () => readHistory(accounts.chosen.client, NEWEST),
    "GET /api/whole-history": () => readHistory(accounts.chosen.client, MOST),
    "POST /api/calls": async (body) => {
      const { client, name } = accounts.chosen;
      return calls.place(client, name, callRequestIn(body));
    },
    "POST /api/followed": async (body) => {
      const { client, name } = accounts.chosen;
      const { request, callId } = followedIn(body);
      return calls.resume(client, name, request, callId);
    },
    "POST /api/calls/{id}": async (body, id) => {
      const call = calls.find(id);
      if (call === undefined) throw new Refusal(404, "There is no such call.");
      await call.control(controlIn(body));
      return call.wire;
    },
  };
}

/** @throws Refusal 404 if there is no such route */
export async function answerOf(
  routes: Readonly<Record<string, Route>>,
  method: string,
  path: string,
  body: object,
): Promise<Answer> {
  const [, id = ""] = /^\/api\/calls\/([\w-]+)$/.exec(path) ?? [];
  const route = routes[`${method} ${id === "" ? path : "/api/calls/{id}"}`];
  if (route === undefined) throw new Refusal(404, "There is nothing here.");
  try {
    return { status: 200, value: await route(body, id) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return { status: 502, value: { problem: problemOf(error) } };
  }
}
