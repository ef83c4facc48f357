// Credentials that renew themselves: one renewal at a time, for all requests of this and all other processes.

import { type Clock, systemClock } from "../../call/clock.js";
import { clockProblems } from "../../call/clock-problems.js";
import { CallError, InvalidSettingsError, type Problem } from "../../call/errors.js";
import { unknownNames } from "../../call/options.js";
import { isError } from "../../call/text/is-error.js";
import { capturedContext } from "../async-context.js";
import { agentProblems, type HttpsAgent } from "../http/agent.js";
import { type OpenTransport, TransportError } from "../http/http.js";
import type { RenewingCredentials } from "./credentials.js";
import { OAUTH_CLIENT_FIELDS, type OAuthClient, oauthClientProblems } from "./oauth-client.js";
import { isFresh, isValid, type OAuthTokens, type TokenStore } from "./oauth-tokens.js";

/** Options of `oauthCredentials`. */
export interface OAuthOptions extends OAuthClient {
  /** Keeps the tokens of the sign-in. */
  readonly store: TokenStore;
  /**
   * What a user is told to do once the sign-in is over.
   *
   * @default "Sign in again."
   */
  readonly howToSignIn?: string | undefined;
  /**
   * The clock for the tokens' expiry and for the wait for the login's response; the client's `clock`.
   *
   * @default the system's time
   */
  readonly clock?: Clock | undefined;
  /**
   * The agent for requests to the login: the client's `agent`. In Node only.
   *
   * @default connections straight to the login
   */
  readonly agent?: HttpsAgent | undefined;
}

/** Milliseconds for which a still valid token is used without another attempt, once a renewal has failed. */
const REST = 10_000;
/** Milliseconds from noting that a refresh token is about to be sent to its first byte. */
const LATEST_MS = 30_000;

/** @throws InvalidSettingsError naming everything that's wrong with the options */
export function oauthCredentialsWith(open: OpenTransport, options: OAuthOptions): RenewingCredentials {
  checkOAuthOptions(options, open.takesAgent ?? false);
  const { store, howToSignIn = "Sign in again.", clock = systemClock, agent, ...client } = options;
  const transport = open(clock, agent);
  // A sign-in is renewed for everyone who needs it.
  const inContext = capturedContext();
  let known: OAuthTokens | undefined;
  let renewing: Promise<OAuthTokens> | undefined;
  let restUntil = Number.NEGATIVE_INFINITY;
  const isFreshNow = (tokens: OAuthTokens) => isFresh(tokens, clock.now());

  const load = () => kept(inContext(() => store.load()));
  const remembered = async () => {
    known ??= await load();
    if (known === undefined) throw notSignedIn(howToSignIn);
    return known;
  };

  /** Renews what is stored, unless another process has done so since `old` was read from the store. */
  const renew = async (old: string): Promise<OAuthTokens> => {
    const current = await load();
    if (current === undefined) throw notSignedIn(howToSignIn);
    if (current.accessToken !== old && isFreshNow(current)) return current;
    // Noted first: a refresh token can be used only once, so a store that can't be written must not spend it.
    const begun = clock.monotonicMs();
    await kept(store.save({ ...current, renewing: true }));
    // A process that was suspended meanwhile is too late: others may have renewed it.
    const inTime = async () => {
      if (clock.monotonicMs() - begun > LATEST_MS) throw new TransportError("timeout", false);
    };
    const { createOAuthServer } = await import("./oauth-server.js");
    const renewal = await createOAuthServer(client, transport, clock).refresh(current, howToSignIn, inTime);
    if ("tokens" in renewal) {
      await kept(store.save(renewal.tokens), LOST);
      return renewal.tokens;
    }
    if (!renewal.mayBeSpent) await kept(store.save(current));
    throw renewal.failed;
  };

  const renewed = async (old: string): Promise<OAuthTokens> => {
    if (known !== undefined && known.accessToken !== old && isFreshNow(known)) return known;
    renewing ??= kept(inContext(() => store.exclusively(() => renew(old)))).finally(() => {
      renewing = undefined;
    });
    known = await renewing;
    return known;
  };

  return {
    async currentToken() {
      return (await remembered()).accessToken;
    },
    async validToken() {
      const tokens = await remembered();
      const lasts = isValid(tokens, clock.now());
      if (isFreshNow(tokens) || (lasts && clock.monotonicMs() < restUntil)) return tokens.accessToken;
      try {
        return (await renewed(tokens.accessToken)).accessToken;
      } catch (error) {
        if (!lasts || !isValid(tokens, clock.now())) throw error;
        restUntil = clock.monotonicMs() + REST;
        return tokens.accessToken;
      }
    },
    async tokenAfter(refused) {
      return (await renewed(refused)).accessToken;
    },
  };
}

/** @throws InvalidSettingsError naming everything that's wrong; no secret is repeated */
function checkOAuthOptions(options: OAuthOptions, takesAgent: boolean): void {
  if (typeof options !== "object" || options === null) {
    const remedy = "Give an object with clientId and store.";
    throw new InvalidSettingsError([
      { field: "options", code: "missing", message: "There are none.", remedy },
    ]);
  }
  const { clock = systemClock } = options;
  const problems = [
    ...unknownNames(options, [...OAUTH_CLIENT_FIELDS, "store", "howToSignIn", "clock", "agent"]),
    ...oauthClientProblems(options),
    ...storeProblems(options.store),
    ...howToSignInProblems(options.howToSignIn),
    ...clockProblems(clock),
    ...agentProblems(options.agent, takesAgent),
  ];
  if (problems.length > 0) throw new InvalidSettingsError(problems);
}

function storeProblems(store: TokenStore | undefined): Problem[] {
  const methods = [store?.load, store?.save, store?.exclusively];
  if (methods.every((method) => typeof method === "function")) return [];
  const message = "It isn't a TokenStore.";
  const remedy = "Give an object with the methods load, save and exclusively.";
  return [{ field: "store", code: store === undefined ? "missing" : "invalid", message, remedy }];
}

function howToSignInProblems(text: unknown): Problem[] {
  if (text === undefined || typeof text === "string") return [];
  const remedy = 'Give a sentence such as "Sign in again.", or leave it out.';
  return [{ field: "howToSignIn", code: "invalid", message: "It must be text.", remedy }];
}

const UNKEPT = "The sign-in can't be read or kept.";
const LOST = "sipgate has renewed the sign-in, and that can't be kept: it's lost.";

/** @throws CallError if the store fails: nothing was dialled then */
async function kept<T>(work: Promise<T>, message = UNKEPT): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CallError) throw error;
    const why = isError(error) ? ` ${error.message}` : "";
    const remedy = `Mend that${message === LOST ? " and sign in again" : ""}.`;
    throw new CallError("store-failed", message + why, { remedy, placed: "no", cause: error });
  }
}

function notSignedIn(howToSignIn: string): CallError {
  return new CallError("sign-in-needed", "Nobody is signed in.", { remedy: howToSignIn, placed: "no" });
}
