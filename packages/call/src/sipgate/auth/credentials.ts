import { InvalidSettingsError, type Problem } from "../../call/errors.js";
import { misspeltNames } from "../../call/options.js";
import type { Platform } from "../../call/telephony.js";
import { type Limits, tokenOfFunction, withinLimits } from "./fresh-token.js";

/**
 * A sign-in whose access tokens are renewed as they expire. This is a port: `oauthCredentials` and `openProfile`
 * implement it. Its methods reject with a `CallError`: `sign-in-needed`, `sign-in-failed` or `network`.
 */
export interface RenewingCredentials {
  /** The latest access token, valid or not. Requests no other. */
  currentToken(): Promise<string>;
  /**
   * An access token that lasts for another minute or, if its whole lifetime is under five minutes, for a fifth of that.
   */
  validToken(): Promise<string>;
  /** A different token from the one that was refused. */
  tokenAfter(refused: string): Promise<string>;
}

/**
 * Who is calling: a personal access token (id and token, HTTP Basic), an OAuth access token (Bearer), a function that
 * returns a fresh access token each time it's called, or a sign-in that renews itself. Source: sipgate's documentation
 * of its authentication. Its help page has personal access tokens on classic; that they work on neo is reported.
 *
 * A client has one account, so the function must return tokens of one user. For a request that serves several callers
 * at once, such as a poll of running calls, it's called in the asynchronous context (`AsyncLocalStorage`) in which the
 * client was made. For any other, it's called in that of the caller.
 */
export type Credentials =
  | { readonly tokenId: string; readonly token: string }
  | { readonly accessToken: string }
  | (() => string | Promise<string>)
  | RenewingCredentials;

/** Whether a token that sipgate refuses can be replaced by another. */
export function areRenewing(credentials: Credentials): credentials is RenewingCredentials {
  return "tokenAfter" in credentials;
}

/** What is wrong with credentials, field by field; empty if nothing is. No value is ever repeated. */
export function credentialProblems(credentials: Credentials): Problem[] {
  if (typeof credentials === "function") return [];
  if (typeof credentials !== "object" || credentials === null) return [noCredentials()];
  if (areRenewing(credentials)) return renewingProblems(credentials);
  const given: Readonly<Record<string, unknown>> = { ...credentials };
  // An account of the sandbox has more fields than its credentials.
  const unknown = misspeltNames(credentials, FIELDS);
  const fields = FIELDS.filter((field) => given[field] !== undefined);
  if (fields.length === 0) return unknown.length > 0 ? unknown : [noCredentials()];
  if (fields.includes("accessToken") && fields.length > 1) return [...unknown, bothKinds()];
  // If a name is misspelt, the missing field is the one that it meant.
  const wanted = fields.includes("accessToken") ? ["accessToken"] : ["tokenId", "token"];
  const judged = unknown.length > 0 ? fields : wanted;
  return [...unknown, ...judged.flatMap((field) => secretProblems(field, given[field]))];
}

const FIELDS = ["tokenId", "token", "accessToken"];

function bothKinds(): Problem {
  return {
    field: "credentials",
    code: "invalid",
    message: "A personal access token and an OAuth access token are given, and one of them is enough.",
    remedy: "Give tokenId and token, or accessToken.",
  };
}

function renewingProblems(credentials: RenewingCredentials): Problem[] {
  const { currentToken, validToken, tokenAfter } = credentials;
  if ([currentToken, validToken, tokenAfter].every((method) => typeof method === "function")) return [];
  const remedy = "Give what oauthCredentials or openProfile has made.";
  const message = "currentToken, validToken and tokenAfter must be functions.";
  return [{ field: "credentials", code: "invalid", message, remedy }];
}

export function copyOf(credentials: Credentials): Credentials {
  if (typeof credentials === "function" || areRenewing(credentials)) return credentials;
  if ("accessToken" in credentials && credentials.accessToken !== undefined)
    return { accessToken: credentials.accessToken };
  return "tokenId" in credentials ? { tokenId: credentials.tokenId, token: credentials.token } : credentials;
}

export function noCredentials(): Problem {
  return {
    field: "credentials",
    code: "missing",
    message: "There are none.",
    remedy: "Give a personal access token (tokenId and token) or an OAuth accessToken.",
  };
}

function secretProblems(field: string, value: unknown): Problem[] {
  if (typeof value !== "string" || value.trim() === "") return [problem(field, "It's missing.")];
  if (!isSecret(value)) return [problem(field, "It holds a space or a character that no token has.")];
  return field === "tokenId" && value.includes(":") ? [problem(field, "It holds a colon.")] : [];
}

/** Anything else can't have come from sipgate, and line breaks would let it write headers of its own. */
function isSecret(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

function problem(field: string, message: string): Problem {
  return { field, code: "invalid", message, remedy: `Copy the ${field} anew from sipgate.` };
}

/**
 * The value of the `Authorization` header.
 *
 * @throws InvalidSettingsError if a function returned no usable token, or threw
 * @throws CallError if it returned nothing within the limits
 */
export async function authorization(credentials: Credentials, limits: Limits): Promise<string> {
  const token = await bearerToken(credentials, limits);
  if (token !== undefined) return `Bearer ${token}`;
  return "tokenId" in credentials ? `Basic ${btoa(`${credentials.tokenId}:${credentials.token}`)}` : "";
}

async function bearerToken(credentials: Credentials, limits: Limits): Promise<string | undefined> {
  if (typeof credentials === "function") return tokenFrom(credentials, limits);
  if (areRenewing(credentials)) return signedIn(() => credentials.validToken(), limits);
  return "accessToken" in credentials ? credentials.accessToken : undefined;
}

async function tokenFrom(ask: () => unknown, limits: Limits): Promise<string> {
  const token = await tokenOfFunction(ask, limits);
  if (isSecret(token)) return token;
  const message = "The function returned no usable access token.";
  const remedy = "Let it return the token alone, as text.";
  throw new InvalidSettingsError([{ field: "credentials", code: "invalid", message, remedy }]);
}

function signedIn(ask: () => Promise<string>, limits: Limits): Promise<string> {
  return withinLimits(ask, "sipgate's login", limits);
}

/**
 * The value of the `Authorization` header for another attempt, after sipgate has refused the one given.
 *
 * @throws CallError if there is none; nothing was dialled then
 */
export async function authorizationAfter(
  refused: string,
  credentials: RenewingCredentials,
  limits: Limits,
): Promise<string> {
  const token = refused.slice("Bearer ".length);
  return `Bearer ${await signedIn(() => credentials.tokenAfter(token), limits)}`;
}

// The claim and its values: sipgate's documentation has NEO_PBX and CLASSIC_PBX; CLASSIC was seen too
// (reported).
const PLATFORM_BY_FEATURE_SCOPE: ReadonlyMap<unknown, Platform> = new Map([
  ["NEO_PBX", "neo"],
  ["CLASSIC_PBX", "classic"],
  ["CLASSIC", "classic"],
]);

/** The platform that an OAuth access token names in its claim `featureScope`; undefined if nothing tells. */
export async function platformOfToken(
  credentials: Credentials,
  limits: Limits,
): Promise<Platform | undefined> {
  // An expired token names it as well, so no renewal is needed.
  const token = areRenewing(credentials)
    ? await signedIn(() => credentials.currentToken(), limits)
    : await bearerToken(credentials, limits);
  return platformNamedBy(claimsOf(token).featureScope);
}

/** @param featureScope the claim of that name, whatever it holds */
export function platformNamedBy(featureScope: unknown): Platform | undefined {
  return PLATFORM_BY_FEATURE_SCOPE.get(featureScope);
}

/**
 * What a token says of itself; nothing if it isn't a JWT. sipgate gives no other kind; an application may.
 */
export function claimsOf(token: string | undefined): Readonly<Record<string, unknown>> {
  const payload = token?.split(".")[1];
  if (payload === undefined) return {};
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof claims === "object" && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
