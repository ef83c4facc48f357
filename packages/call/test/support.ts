// Clients for tests, and how time passes for them.
import {
  type Call,
  type CallChange,
  type Client,
  type ClientOptions,
  createClient,
  type FollowOptions,
} from "sipgate-call";
import { createSandbox, type Sandbox, type SandboxClock, type SandboxOptions } from "sipgate-sandbox";

/** Of nobody: servers of a test's own ask for none. */
export const CREDENTIALS = { tokenId: "token-ABC123", token: "not-a-token" };

/** A sandbox that refuses fields which sipgate's document doesn't list: the client must never send one. */
export function strictSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return createSandbox({ strict: true, ...options });
}

/** The environment in which the command line uses a sandbox's classic account. */
export function settingsOf({ baseUrl, classic: { tokenId, token } }: Sandbox): Record<string, string> {
  return { SIPGATE_BASE_URL: baseUrl, SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
}

type Options = Partial<ClientOptions>;

/**
 * A client of one of a sandbox's accounts, on the sandbox's clock.
 *
 * @param name of the token, such as `classic`, `neo` or `classic-without-rtcm:read`
 */
export function clientOf(sandbox: Sandbox, name = "classic", options: Options = {}): Client {
  const found = sandbox.accounts.find((account) => account.name === name);
  if (found === undefined) throw new Error(`There is no account ${name}.`);
  const { tokenId, token, platform } = found;
  const credentials = tokenId === undefined ? { accessToken: token } : { tokenId, token };
  const { baseUrl, clock } = sandbox;
  return createClient({ credentials, baseUrl, platform, clock, ...options });
}

/** A client of a server of a test's own, which is taken for classic. */
export function clientAt({ baseUrl }: { readonly baseUrl: string }, options: Options = {}): Client {
  return createClient({ credentials: CREDENTIALS, baseUrl, platform: "classic", ...options });
}

const STEP_MS = 500;
const LONGEST_MS = 3_600_000;

/** Lets time pass on a manual clock until something is done, for an hour at most. */
export async function passUntil<T>(clock: SandboxClock, done: Promise<T>): Promise<T> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  done.then(end, end);
  const begun = clock.monotonicMs();
  while (!isDone) {
    if (clock.monotonicMs() - begun > LONGEST_MS) throw new Error("It isn't done after an hour.");
    await clock.advance(STEP_MS);
  }
  return done;
}

/** A clock that runs as another does, and shows another time on the wall. */
export function aheadBy(clock: SandboxClock, milliseconds: number): SandboxClock {
  return { ...clock, now: () => new Date(clock.now().getTime() + milliseconds) };
}

/** Follows a call to its end. */
export async function changesOf(call: Pick<Call, "follow">, options?: FollowOptions): Promise<CallChange[]> {
  const changes: CallChange[] = [];
  for await (const change of call.follow(options)) changes.push(change);
  return changes;
}

/** Changes as words, such as `ended: busy (history)`. */
export const inWords = (changes: readonly CallChange[]): string[] =>
  changes.map(({ state, evidence, end }) =>
    end === undefined ? `${state} (${evidence})` : `${state}: ${end.cause} (${evidence})`,
  );
