// A profile's sign-in, ready for a client: what the command line and other programs of the same user share.
import { type Clock, systemClock } from "../call/clock.js";
import { clockProblems } from "../call/clock-problems.js";
import { InvalidSettingsError } from "../call/errors.js";
import { unknownNames } from "../call/options.js";
import { printable } from "../call/text/printable.js";
import type { RenewingCredentials } from "../sipgate/auth/credentials.js";
import { oauthCredentialsWith } from "../sipgate/auth/oauth-credentials.js";
import { agentProblems, type HttpsAgent } from "../sipgate/http/agent.js";
import type { OpenTransport } from "../sipgate/http/http.js";
import { KeyStoreClosed, profileStore, readProfile } from "./profile-files.js";
import { DEFAULT_PROFILE, isProfileName, profilePath } from "./profile-folder.js";
import type { Profile } from "./profile-json.js";

/** How to open a sign-in. */
export interface OpenProfileOptions {
  /**
   * The clock by which its tokens expire: the client's `clock`.
   *
   * @default the system's time
   */
  readonly clock?: Clock | undefined;
  /**
   * The agent for requests to sipgate's login: the client's `agent`.
   *
   * @default connections straight to sipgate's login
   */
  readonly agent?: HttpsAgent | undefined;
}

/** Options of `createClient` that a sign-in gives. */
export interface SignedIn {
  /** The sign-in, which renews itself. */
  readonly credentials: RenewingCredentials;
  /** Where sipgate's API is. The sign-in's tokens are only for this one. */
  readonly baseUrl: string;
}

/** @throws InvalidSettingsError if nobody is signed in under that name, or it can't be read */
export async function openProfileWith(
  open: OpenTransport,
  name: string,
  options: OpenProfileOptions = {},
): Promise<SignedIn> {
  checkOptions(options, open.takesAgent ?? false);
  const { clock, agent } = options;
  const { client, baseUrl } = await profileCalled(name);
  const howToSignIn = `Sign in again: ${loginLine(name)}`;
  return {
    credentials: oauthCredentialsWith(open, {
      ...client,
      store: profileStore(name),
      howToSignIn,
      clock,
      agent,
    }),
    baseUrl,
  };
}

/** @throws InvalidSettingsError if nobody is signed in under that name, or it can't be read */
export async function profileCalled(name: string): Promise<Profile> {
  checkProfileName(name);
  profilePath(name); // Throws if there is no folder for it, which is no fault of the file.
  const profile = await readable(name);
  if (profile === undefined)
    throw invalid(name, "Nobody is signed in under this name.", `Sign in: ${loginLine(name)}`);
  return profile;
}

/** @throws InvalidSettingsError naming everything that's wrong */
function checkOptions(options: OpenProfileOptions, takesAgent: boolean): void {
  if (typeof options !== "object" || options === null) {
    const remedy = "Leave them out, or give an object with clock or agent.";
    throw new InvalidSettingsError([
      { field: "options", code: "invalid", message: "They must be an object.", remedy },
    ]);
  }
  const { clock = systemClock, agent } = options;
  const problems = [
    ...unknownNames(options, ["clock", "agent"]),
    ...clockProblems(clock),
    ...agentProblems(agent, takesAgent),
  ];
  if (problems.length > 0) throw new InvalidSettingsError(problems);
}

/** @throws InvalidSettingsError if the name can't be a file's name */
export function checkProfileName(name: string): void {
  if (isProfileName(name)) return;
  throw invalid(name, "It can't be a profile's name.", "Use letters, digits, - and _, up to 64.");
}

async function readable(name: string): Promise<Profile | undefined> {
  try {
    return await readProfile(name);
  } catch (error) {
    if (error instanceof KeyStoreClosed)
      throw invalid(name, SEALED, `Open the key store, or sign in again: ${loginLine(name)}`);
    // The reason would show the file's content.
    throw invalid(
      name,
      `${profilePath(name)} can't be read, or isn't a sign-in.`,
      `Sign in again: ${loginLine(name)}`,
    );
  }
}

const SEALED =
  "It's sealed, and its key is in the system's key store, which can't be opened now. @napi-rs/keyring has to be installed.";

function loginLine(name: string): string {
  return `sipgate-call login${name === DEFAULT_PROFILE ? "" : ` --profile ${name}`}`;
}

function invalid(name: string, message: string, remedy: string): InvalidSettingsError {
  return new InvalidSettingsError([
    { field: `profile ${printable(name)}`, code: "profile", message, remedy },
  ]);
}
