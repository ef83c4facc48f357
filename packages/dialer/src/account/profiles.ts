// From the environment and the command line to the accounts that the page can choose from.
import {
  type ClientOptions,
  createClient,
  type IdempotencyStore,
  InvalidSettingsError,
  openProfile,
  type Platform,
} from "sipgate-call";
import type { Profile } from "./accounts.js";

/**
 * A token in the environment, or sign-ins of `sipgate-call login`.
 *
 * @param names of profiles. Empty: what `SIPGATE_PROFILE` names, otherwise the token, otherwise the default profile
 * @param idempotencyStore of call lists
 * @returns nothing if nobody is signed in and no profile was named
 * @throws InvalidSettingsError if a named profile can't be opened, or SIPGATE_PLATFORM names none
 */
export async function openProfiles(
  names: readonly string[],
  idempotencyStore?: IdempotencyStore | undefined,
): Promise<[Profile, ...Profile[]] | undefined> {
  const { SIPGATE_PROFILE, SIPGATE_BASE_URL, SIPGATE_PLATFORM, SIPGATE_COUNTRY, SIPGATE_CALLER } =
    process.env;
  const platform = platformOf(SIPGATE_PLATFORM);
  const own = { defaultCountry: SIPGATE_COUNTRY || undefined, caller: SIPGATE_CALLER || undefined };
  const clientOf = (options: Pick<ClientOptions, "credentials" | "baseUrl">) =>
    createClient({ ...options, platform, defaultCountry: own.defaultCountry, idempotencyStore });
  const signedIn = async (name: string): Promise<Profile> => ({
    ...own,
    name,
    client: clientOf(await openProfile(name)),
  });
  const [first, ...others] = names.length === 0 && SIPGATE_PROFILE ? [SIPGATE_PROFILE] : names;
  if (first !== undefined) return [await signedIn(first), ...(await Promise.all(others.map(signedIn)))];
  const credentials = tokenOfEnvironment();
  if (credentials !== undefined) {
    const baseUrl = SIPGATE_BASE_URL || undefined;
    const client = clientOf({ credentials, baseUrl });
    return [{ ...own, name: "token", client, sandboxUrl: ownMachine(baseUrl) }];
  }
  try {
    return [await signedIn("default")];
  } catch (error) {
    if (error instanceof InvalidSettingsError) return undefined;
    throw error;
  }
}

/** As sipgate-call and the tools for agents read it. */
function platformOf(name: string | undefined): Platform | undefined {
  if (!name || name === "auto") return undefined;
  if (name === "classic" || name === "neo") return name;
  throw new InvalidSettingsError([
    {
      field: "SIPGATE_PLATFORM",
      code: "invalid",
      message: "It's neither classic nor neo.",
      remedy: "Leave it out: then sipgate is asked.",
    },
  ]);
}

/** sipgate itself is never on this machine. */
function ownMachine(baseUrl: string | undefined): string | undefined {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return undefined;
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(baseUrl).hostname) ? baseUrl : undefined;
}

function tokenOfEnvironment(): ClientOptions["credentials"] | undefined {
  const { SIPGATE_ACCESS_TOKEN, SIPGATE_TOKEN_ID, SIPGATE_TOKEN } = process.env;
  if (SIPGATE_ACCESS_TOKEN) return { accessToken: SIPGATE_ACCESS_TOKEN };
  if (SIPGATE_TOKEN_ID || SIPGATE_TOKEN)
    return { tokenId: SIPGATE_TOKEN_ID ?? "", token: SIPGATE_TOKEN ?? "" };
  return undefined;
}
