import { createHash } from "node:crypto";
import type { DocumentedLogin, Sandbox } from "sipgate-sandbox";
import { type Answer, send } from "./support.js";

/** What it takes to sign in to a sandbox. */
export type LoginOf = Pick<Sandbox, "loginUrl" | "client" | "logins">;
export type Fields = Readonly<Record<string, string | undefined>>;
export type Realm = "sipgate-apps" | "third-party";

export const REDIRECT_URI = "http://127.0.0.1:4321/callback";
export const STATE = "a-state";
export const VERIFIER = "a-verifier-of-more-than-forty-three-characters-0123456789";
export const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

export const issuerOf = (sandbox: LoginOf, realm: Realm = "sipgate-apps"): string =>
  `${sandbox.loginUrl}/auth/realms/${realm}`;

export function loginNamed(sandbox: LoginOf, name: string): DocumentedLogin {
  const login = sandbox.logins.find((candidate) => candidate.name === name);
  if (login === undefined) throw new Error(`no login is named ${name}`);
  return login;
}

/** Opens the login page as a program would send its user there. A field that is undefined isn't sent. */
export function openLogin(sandbox: LoginOf, changes: Fields = {}, realm?: Realm): Promise<Answer> {
  const query = encoded({
    response_type: "code",
    client_id: sandbox.client.clientId,
    redirect_uri: REDIRECT_URI,
    scope: "balance:read",
    state: STATE,
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    ...changes,
  });
  return send(`${issuerOf(sandbox, realm)}/protocol/openid-connect/auth?${query}`, { redirect: "manual" });
}

/** A page with a form, as a browser has it. */
export interface Shown {
  readonly page: Answer;
  /** The hidden field of the form. */
  readonly attempt: string;
  readonly cookie: string;
}

export async function showLogin(sandbox: LoginOf, changes?: Fields, realm?: Realm): Promise<Shown> {
  const page = await openLogin(sandbox, changes, realm);
  const attempt = /name="attempt" value="([^"]+)"/.exec(page.text)?.[1];
  const [cookie] = page.headers.get("set-cookie")?.split(";") ?? [];
  if (attempt === undefined || cookie === undefined)
    throw new Error(`no login page: ${page.status} ${page.text}`);
  return { page, attempt, cookie };
}

/** Sends the form of a page from the same browser. */
export function submit(
  sandbox: LoginOf,
  path: string,
  { attempt, cookie }: Shown,
  fields: Fields,
  realm?: Realm,
) {
  return postForm(`${issuerOf(sandbox, realm)}/login-actions/${path}`, { attempt, ...fields }, { cookie });
}

/** Signs in up to the page that asks for consent. */
export async function showConsent(
  sandbox: LoginOf,
  name = "classic",
  changes?: Fields,
  realm?: Realm,
): Promise<Shown> {
  const shown = await showLogin(sandbox, changes, realm);
  const { username, password } = loginNamed(sandbox, name);
  return { ...shown, page: await submit(sandbox, "authenticate", shown, { username, password }, realm) };
}

/** The address that a response redirects to. */
export function locationOf(answer: Answer): URL {
  if (answer.status !== 302) throw new Error(`no redirect: ${answer.status} ${answer.text}`);
  return new URL(answer.headers.get("location") ?? "");
}

/** Signs in and allows everything. Returns the code. */
export async function codeFor(
  sandbox: LoginOf,
  name = "classic",
  changes?: Fields,
  realm?: Realm,
): Promise<string> {
  const shown = await showConsent(sandbox, name, changes, realm);
  const answer = await submit(sandbox, "consent", shown, { decision: "allow" }, realm);
  return locationOf(answer).searchParams.get("code") ?? "";
}

/** Sends a form to `token`, `revoke` or `logout`, with the client's id and secret in it. */
export function ask(sandbox: LoginOf, endpoint: string, fields: Fields, realm?: Realm): Promise<Answer> {
  const { clientId: client_id, clientSecret: client_secret } = sandbox.client;
  const url = `${issuerOf(sandbox, realm)}/protocol/openid-connect/${endpoint}`;
  return postForm(url, { client_id, client_secret, ...fields });
}

export function redeem(sandbox: LoginOf, code: string, changes: Fields = {}, realm?: Realm): Promise<Answer> {
  const fields = {
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  };
  return ask(sandbox, "token", { ...fields, ...changes }, realm);
}

export function refresh(
  sandbox: LoginOf,
  refreshToken: string,
  changes: Fields = {},
  realm?: Realm,
): Promise<Answer> {
  return ask(
    sandbox,
    "token",
    { grant_type: "refresh_token", refresh_token: refreshToken, ...changes },
    realm,
  );
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

export function tokensIn({ status, json, text }: Answer): Tokens {
  if (status !== 200) throw new Error(`no tokens: ${status} ${text}`);
  return { access: String(json.access_token), refresh: String(json.refresh_token) };
}

/** Signs in. Returns the tokens. */
export async function signIn(
  sandbox: LoginOf,
  name = "classic",
  changes?: Fields,
  realm?: Realm,
): Promise<Tokens> {
  return tokensIn(await redeem(sandbox, await codeFor(sandbox, name, changes, realm), {}, realm));
}

/** The status of a request to the REST API with an access token. */
export async function statusWith(
  sandbox: Pick<Sandbox, "baseUrl">,
  access: string,
  path = "/balance",
): Promise<number> {
  return (await send(`${sandbox.baseUrl}${path}`, { headers: { authorization: `Bearer ${access}` } })).status;
}

export function postForm(url: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> {
  return send(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: encoded(fields),
  });
}

function encoded(fields: Fields): string {
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return new URLSearchParams(given).toString();
}
