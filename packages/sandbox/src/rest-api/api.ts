import type { IncomingMessage, ServerResponse } from "node:http";
import type { User } from "../accounts/account.js";
import type { KnownToken } from "../accounts/tokens.js";
import type { Clock } from "../clock.js";
import { readJson } from "../http/body.js";
import { Problem } from "../http/problem.js";
import { sendBrokenServer, sendProblem, sendReply } from "../http/respond.js";
import { Router } from "../http/router.js";
import { parseTarget } from "../http/target.js";
import type { PushSettings } from "../push/settings.js";
import type { Switch } from "../switch/switch.js";
import { admit, authorize } from "./admission.js";
import type { Operation } from "./operation.js";
import { OPERATIONS } from "./operations.js";

/** Answers one request; never rejects. Resolves when the answer is written, or the client has gone. */
export type Api = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function createApi(telephony: Switch, clock: Clock, pushSettings: PushSettings): Api {
  const router = new Router<Operation>();
  for (const operation of OPERATIONS) router.add(operation.method, operation.path, operation);

  const answer: Api = async (request, response) => {
    const { segments, query } = parseTarget(request.url ?? "/");
    const { route: operation, parameters } = router.find(request.method ?? "GET", segments);
    const token = admit(request.headers.authorization);
    if (token.situation === "broken-server") {
      sendBrokenServer(response);
      return;
    }
    authorize(token, operation);
    const hasBody = operation.method === "POST" || operation.method === "PUT";
    const reply = operation.handle({
      account: token.account,
      user: userOf(token),
      parameters,
      query: new URLSearchParams(query),
      body: hasBody ? await readJson(request) : undefined,
      switch: telephony,
      clock,
      pushSettings,
    });
    sendReply(response, reply);
  };

  return async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (response.headersSent || response.destroyed || request.errored) response.destroy();
      else if (error instanceof Problem) sendProblem(response, error);
      else sendProblem(response, new Problem(500, "The sandbox has a bug: this request made it fail."));
    }
  };
}

function userOf({ account, userId }: KnownToken): User {
  const user = account.users.find(({ id }) => id === userId);
  if (user === undefined) throw new Error(`The account ${account.name} has no user ${userId}.`);
  return user;
}
