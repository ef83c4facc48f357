import { InvalidSettingsError, type Problem } from "../call/errors.js";
import type { Platform } from "../call/telephony.js";
import type { Limits } from "./fresh-token.js";

/**
 * Who is calling: a personal access token (id and token, HTTP Basic), an OAuth access token (Bearer), or a function
 * that returns a fresh access token each time it's asked.
 */
export type Credentials =
  | { readonly tokenId: string; readonly token: string }
  | { readonly accessToken: string }
  | (() => string | Promise<string>);

/** What is wrong with credentials, field by field; empty where nothing is. No value is ever repeated. */
export function credentialProblems(credentials: Credentials): Problem[] {
  if (typeof credentials === "function") return [];
  if (typeof credentials !== "object" || credentials === null) return [noCredentials()];
  if ("accessToken" in credentials) return secretProblems("accessToken", credentials.accessToken);
  if (!("tokenId" in credentials)) return [noCredentials()];
  return [
    ...secretProblems("tokenId", credentials.tokenId),
    ...secretProblems("token", credentials.token),
    ...(String(credentials.tokenId).includes(":") ? [problem("tokenId", "It holds a colon.")] : []),
  ];
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
  return [];
}

/** Anything else could not have come from sipgate, and line breaks would let it write headers of its own. */
function isSecret(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

function problem(field: string, message: string): Problem {
  return { field, code: "invalid", message, remedy: `Copy the ${field} anew from sipgate.` };
}

/** The value of the `Authorization` header, where it's the same for each request. */
export function lastingAuthorization(credentials: Credentials): string | undefined {
  if (typeof credentials === "function") return undefined;
  return "accessToken" in credentials
    ? `Bearer ${credentials.accessToken}`
    : `Basic ${btoa(`${credentials.tokenId}:${credentials.token}`)}`;
}

/**
 * The value of the `Authorization` header, where a function gives a fresh token for each request.
 *
 * @throws InvalidSettingsError where it returned no usable token, or threw
 * @throws CallError where it returned nothing within the limits
 */
export async function freshAuthorization(credentials: Credentials, limits: Limits): Promise<string> {
  return `Bearer ${await bearerToken(credentials, limits)}`;
}

async function bearerToken(credentials: Credentials, limits: Limits): Promise<string | undefined> {
  if (typeof credentials !== "function")
    return "accessToken" in credentials ? credentials.accessToken : undefined;
  const { freshToken } = await import("./fresh-token.js");
  const token = await freshToken(credentials, limits);
  if (isSecret(token)) return token;
  const message = "The function returned no usable access token.";
  const remedy = "Let it return the token alone, as text.";
  throw new InvalidSettingsError([{ field: "credentials", code: "invalid", message, remedy }]);
}

// The claim and its values: sipgate's documentation has NEO_PBX and CLASSIC_PBX; CLASSIC was seen too (reported).
const PLATFORM_BY_FEATURE_SCOPE: Readonly<Record<string, Platform>> = {
  NEO_PBX: "neo",
  CLASSIC_PBX: "classic",
  CLASSIC: "classic",
};

/** The platform that an OAuth access token names in its claim `featureScope`; undefined where nothing tells. */
export async function platformOfToken(
  credentials: Credentials,
  limits: Limits,
): Promise<Platform | undefined> {
  const payload = (await bearerToken(credentials, limits))?.split(".")[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    if (typeof claims !== "object" || claims === null || !("featureScope" in claims)) return undefined;
    return PLATFORM_BY_FEATURE_SCOPE[String(claims.featureScope)];
  } catch {
    return undefined; // Not a JWT: sipgate gives no other kind, but an application may.
  }
}
