import { InvalidSettingsError } from "../call/errors.js";
import type { Platform } from "../call/telephony.js";
import type { Credentials } from "../sipgate/auth/credentials.js";

/** Options of `createClient` that variables of the environment give. */
export interface EnvironmentOptions {
  /** From `SIPGATE_ACCESS_TOKEN`, otherwise `SIPGATE_TOKEN_ID` and `SIPGATE_TOKEN`. Undefined if none of them is set. */
  readonly credentials: Credentials | undefined;
  /** From `SIPGATE_BASE_URL`. Undefined if it isn't set. */
  readonly baseUrl: string | undefined;
  /** From `SIPGATE_PLATFORM`. Undefined if it isn't set. */
  readonly platform: "auto" | Platform | undefined;
  /** From `SIPGATE_COUNTRY`, two letters (ISO 3166-1). Undefined if it isn't set. */
  readonly defaultCountry: string | undefined;
}

/**
 * Reads the variables that the command line reads as well, for `createClient`. An empty variable counts as not set. Neither
 * `.env` nor a sign-in is read: see `openProfile` for the latter.
 *
 * @param environment such as `process.env`
 * @throws InvalidSettingsError if `SIPGATE_PLATFORM` is none of `auto`, `classic` and `neo`. `createClient` checks the rest
 * @example
 * ```ts
 * import { createClient, optionsFromEnvironment } from "sipgate-call";
 *
 * const { credentials, ...options } = optionsFromEnvironment(process.env);
 * if (credentials === undefined) console.log("Set SIPGATE_TOKEN_ID and SIPGATE_TOKEN.");
 * else console.log((await createClient({ credentials, ...options }).whoami()).id);
 * ```
 */
export function optionsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): EnvironmentOptions {
  return {
    credentials: credentialsFrom(environment),
    baseUrl: environment.SIPGATE_BASE_URL || undefined,
    platform: platformFrom(environment),
    defaultCountry: environment.SIPGATE_COUNTRY || undefined,
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Of a pair, one may be missing: `createClient` then says which. */
function credentialsFrom({
  SIPGATE_ACCESS_TOKEN: accessToken,
  SIPGATE_TOKEN_ID: tokenId,
  SIPGATE_TOKEN: token,
}: Environment): Credentials | undefined {
  if (accessToken) return { accessToken };
  return tokenId || token ? { tokenId: tokenId ?? "", token: token ?? "" } : undefined;
}

function platformFrom({ SIPGATE_PLATFORM: name }: Environment): "auto" | Platform | undefined {
  if (!name) return undefined;
  if (name === "auto" || name === "classic" || name === "neo") return name;
  throw new InvalidSettingsError([
    {
      field: "SIPGATE_PLATFORM",
      code: "invalid",
      message: "It's none of auto, classic and neo.",
      remedy: "Leave it out: then sipgate is asked.",
    },
  ]);
}
