import type { IncomingMessage } from "node:http";
import type { Clock } from "../clock.js";
import { readForm } from "../http/body.js";
import { NOT_KEPT } from "../http/page.js";
import { Problem } from "../http/problem.js";
import type { RequestHandler } from "../http/request-handler.js";
import type { HttpResponse } from "../http/response.js";
import { Router } from "../http/router.js";
import { parseTarget, splitTarget } from "../http/target.js";
import { publicJwk } from "../signing-key.js";
import { Attempts } from "./attempts.js";
import { authenticateClient } from "./client-authentication.js";
import { metadataOf } from "./metadata.js";
import { OAuthError } from "./oauth-error.js";
import { errorPage } from "./pages/error-page.js";
import { formParameters, type Parameters, required } from "./parameters.js";
import { addressOf, isRealm, type RealmAddress } from "./realms.js";
import type { Sessions } from "./sessions.js";
import { type SentForm, SignIn } from "./sign-in.js";
import { tokensFor } from "./token-endpoint.js";

const PREFIX = "/auth/";

const ABSENT =
  "The sandbox's login has nothing at this path; sipgate's may. docs/sandbox.md lists what it has.";

/** One path below a realm. Paths for browsers respond with pages, the others with JSON. */
interface Route {
  readonly isPage: boolean;
  handle(address: RealmAddress, request: IncomingMessage): HttpResponse | Promise<HttpResponse>;
}

export function asksForLogin({ url }: IncomingMessage): boolean {
  return splitTarget(url ?? "/").path.startsWith(PREFIX);
}

/** @param loginUrl corresponds to `https://login.sipgate.com` */
export function createLogin(sessions: Sessions, clock: Clock, loginUrl: string): RequestHandler {
  const routes = routesOf(sessions, new SignIn(new Attempts(clock), sessions));
  return async (request) => {
    let isPage = false;
    try {
      const { segments } = parseTarget(request.url ?? "/");
      const { route, parameters } = routes.find(request.method ?? "GET", segments);
      isPage = route.isPage;
      const [realm = ""] = parameters;
      if (!isRealm(realm)) throw new Problem(404, "Realm does not exist");
      return await route.handle(addressOf(realm, loginUrl), request);
    } catch (error) {
      if (request.errored) return undefined;
      const refusal = refusalFor(error);
      return isPage ? errorPage(refusal.status, refusal.message) : refused(refusal);
    }
  };
}

function routesOf(sessions: Sessions, signIn: SignIn): Router<Route> {
  const routes = new Router<Route>(ABSENT);
  const add = (method: string, path: string, isPage: boolean, handle: Route["handle"]): void =>
    routes.add(method, `${PREFIX}realms/{realm}/${path}`, { isPage, handle });

  add("GET", "protocol/openid-connect/auth", true, (address, { url }) =>
    signIn.begin(address, splitTarget(url ?? "/").query),
  );
  add("POST", "login-actions/authenticate", true, async (address, request) =>
    signIn.authenticate(address, await sentForm(request)),
  );
  add("POST", "login-actions/consent", true, async (address, request) =>
    signIn.decide(address, await sentForm(request)),
  );
  add("POST", "protocol/openid-connect/token", false, async ({ realm }, request) =>
    json(200, await tokensFor(sessions, realm, await clientForm(request))),
  );
  add("POST", "protocol/openid-connect/revoke", false, async ({ realm }, request) => {
    sessions.revoke(required(await clientForm(request), "token"), realm);
    return { status: 200, headers: NOT_KEPT, body: Buffer.alloc(0) };
  });
  add("POST", "protocol/openid-connect/logout", false, async ({ realm }, request) => {
    const token = sessions.refreshToken(required(await clientForm(request), "refresh_token"), realm);
    if (token === undefined) throw new OAuthError("invalid_grant", "Invalid refresh token");
    sessions.end(token.session);
    return { status: 204, headers: NOT_KEPT, body: Buffer.alloc(0) };
  });
  add("GET", "protocol/openid-connect/certs", false, async () =>
    json(200, { keys: [{ ...(await publicJwk()), alg: "RS256", use: "sig" }] }),
  );
  add("GET", ".well-known/openid-configuration", false, (address) => json(200, metadataOf(address)));
  return routes;
}

async function sentForm(request: IncomingMessage): Promise<SentForm> {
  return { form: formParameters(await readForm(request)), cookies: request.headers.cookie };
}

/** Reads the form and authenticates the client. */
async function clientForm(request: IncomingMessage): Promise<Parameters> {
  const form = formParameters(await readForm(request));
  authenticateClient(request.headers.authorization, form);
  return form;
}

function refusalFor(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof Problem) {
    return new OAuthError("invalid_request", error.message, error.status, error.headers);
  }
  return new OAuthError("server_error", "The sandbox has a bug: this request made it fail.", 500);
}

function refused(refusal: OAuthError): HttpResponse {
  return json(refusal.status, refusal, refusal.headers);
}

function json(status: number, content: object, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status,
    headers: { ...NOT_KEPT, ...headers, "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(content)),
  };
}
