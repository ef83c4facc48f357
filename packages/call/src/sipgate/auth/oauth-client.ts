import { InvalidSettingsError, type Problem } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { isLoopback } from "../hosts.js";
import { urlOf, withoutSlashes } from "../http/urls.js";

/** The program that signs its users in, and the login that it uses. Source: sipgate's documentation of OAuth. */
export interface OAuthClient {
  /** From https://console.sipgate.com, under Clients. */
  readonly clientId: string;
  /**
   * A program whose users could read it, such as a page in a browser, has none.
   *
   * @default none
   */
  readonly clientSecret?: string | undefined;
  /**
   * Older clients: `third-party`.
   *
   * @default "sipgate-apps"
   */
  readonly realm?: "sipgate-apps" | "third-party" | undefined;
  /**
   * The URL of sipgate's login. Plain http is allowed to this machine only.
   *
   * @default "https://login.sipgate.com"
   */
  readonly loginUrl?: string | undefined;
}

const DEFAULT_LOGIN_URL = "https://login.sipgate.com";
const REALMS = ["sipgate-apps", "third-party"] as const;

/** The realm's address, without a slash at its end. */
export function realmUrl({ realm = "sipgate-apps", loginUrl = DEFAULT_LOGIN_URL }: OAuthClient): string {
  return `${withoutSlashes(loginUrl)}/auth/realms/${realm}`;
}

export const OAUTH_CLIENT_FIELDS = ["clientId", "clientSecret", "realm", "loginUrl"];

/** @throws InvalidSettingsError naming everything that's wrong; no secret is repeated */
export function checkOAuthClient(client: OAuthClient): void {
  const problems = oauthClientProblems(client);
  if (problems.length > 0) throw new InvalidSettingsError(problems);
}

export function oauthClientProblems(client: OAuthClient): Problem[] {
  return [
    ...idProblems(client.clientId),
    ...secretProblems(client.clientSecret),
    ...realmProblems(client.realm),
    ...loginUrlProblems(client.loginUrl),
  ];
}

const COPY = "Copy it from https://console.sipgate.com, under Clients.";

function idProblems(id: unknown): Problem[] {
  if (typeof id !== "string" || id.trim() === "") return [problem("clientId", "It's missing.", COPY)];
  return /^[\x21-\x7e]+$/.test(id)
    ? []
    : [problem("clientId", "It holds a space or a sign that none has.", COPY)];
}

function secretProblems(secret: unknown): Problem[] {
  if (secret === undefined || (typeof secret === "string" && /^[\x21-\x7e]+$/.test(secret))) return [];
  return [problem("clientSecret", "It's empty, or holds a space or a sign that none has.", COPY)];
}

function realmProblems(realm: unknown): Problem[] {
  if (realm === undefined || REALMS.some((known) => known === realm)) return [];
  const shown = typeof realm === "string" ? `"${printable(realm)}"` : "What isn't text";
  const message = `${shown} isn't one of sipgate's realms.`;
  return [problem("realm", message, `Use ${REALMS.join(" or ")}.`)];
}

function loginUrlProblems(loginUrl: unknown): Problem[] {
  if (loginUrl === undefined) return [];
  const url = typeof loginUrl === "string" && !/[^!-~]|[?#]/.test(loginUrl) ? urlOf(loginUrl) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (isSafe && url.username === "" && url.password === "") return [];
  const message =
    "It has to be an https address, or an http one of this machine, without credentials or query.";
  return [problem("loginUrl", message, `Leave it out, or give sipgate's: ${DEFAULT_LOGIN_URL}.`)];
}

function problem(field: string, message: string, remedy: string): Problem {
  return { field, code: "invalid", message, remedy };
}
