import type { IncomingMessage } from "node:http";
import type { Account, User } from "../accounts/account.js";
import type { FindSignedIn } from "../accounts/authenticate.js";
import { readJson } from "../http/body.js";
import { Problem } from "../http/problem.js";
import type { RequestHandler } from "../http/request-handler.js";
import { BROKEN_SERVER, type HttpResponse, problemResponse, responseOf } from "../http/response.js";
import { Router } from "../http/router.js";
import { parseTarget } from "../http/target.js";
import { admit, authorize } from "./admission.js";
import type { ApiContext, Operation } from "./operation.js";
import { OPERATIONS } from "./operations.js";

/** Nobody should take it for sipgate's own 404. */
const ABSENT =
  "The sandbox has nothing at this path; sipgate may, below https://api.sipgate.com/v2 and /v3. What the sandbox has is on its start page, at /.";

/** The REST API: finds the operation, checks credentials and scopes, and runs it. */
export function createApi(context: ApiContext, signedIn: FindSignedIn): RequestHandler {
  const router = new Router<Operation>(ABSENT);
  for (const operation of OPERATIONS) router.add(operation.method, operation.path, operation);

  const handle = async (request: IncomingMessage): Promise<HttpResponse> => {
    const { segments, query } = parseTarget(request.url ?? "/");
    const { route: operation, parameters } = router.find(request.method ?? "GET", segments);
    const identity = admit(request.headers.authorization, signedIn);
    if (identity.condition === "broken-server") return BROKEN_SERVER;
    authorize(identity, operation);
    const hasBody = operation.method === "POST" || operation.method === "PUT";
    const account = context.addedDevices.addedTo(identity.account);
    const reply = operation.handle({
      ...context,
      account,
      user: userOf(account, identity.userId),
      parameters,
      query: new URLSearchParams(query),
      body: hasBody ? await readJson(request) : undefined,
    });
    return responseOf(reply);
  };

  return async (request) => {
    try {
      return await handle(request);
    } catch (error) {
      if (request.errored) return undefined;
      if (error instanceof Problem) return problemResponse(error);
      return problemResponse(new Problem(500, "The sandbox has a bug: this request made it fail."));
    }
  };
}

function userOf(account: Account, userId: string): User {
  const user = account.users.find(({ id }) => id === userId);
  if (user === undefined) throw new Error(`The account ${account.name} has no user ${userId}.`);
  return user;
}
