// From the environment and the command line to the accounts that the page can choose from.
import {
  type ClientOptions,
  createClient,
  type IdempotencyStore,
  InvalidSettingsError,
  openProfile,
  optionsFromEnvironment,
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
  const { SIPGATE_PROFILE, SIPGATE_CALLER } = process.env;
  const { credentials, baseUrl, platform, defaultCountry } = optionsFromEnvironment(process.env);
  const own = { defaultCountry, caller: SIPGATE_CALLER || undefined };
  const clientOf = (options: Pick<ClientOptions, "credentials" | "baseUrl">) =>
    createClient({ ...options, platform, defaultCountry, idempotencyStore });
  const signedIn = async (name: string): Promise<Profile> => ({
    ...own,
    name,
    client: clientOf(await openProfile(name)),
  });
  const [first, ...others] = names.length === 0 && SIPGATE_PROFILE ? [SIPGATE_PROFILE] : names;
  if (first !== undefined) return [await signedIn(first), ...(await Promise.all(others.map(signedIn)))];
  if (credentials !== undefined) {
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

/** sipgate itself is never on this machine. */
function ownMachine(baseUrl: string | undefined): string | undefined {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return undefined;
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(baseUrl).hostname) ? baseUrl : undefined;
}
