// What a sign-in has given, how long it lasts, and the port by which it's kept.

/** The tokens of one sign-in. Whoever has them can call at its user's expense. Plain data, fit for JSON. */
export interface OAuthTokens {
  readonly accessToken: string;
  /** When it was asked for, in milliseconds of this machine's clock. */
  readonly askedAt: number;
  /** Seconds that the access token lasts from then on. sipgate gives 300. */
  readonly expiresIn: number;
  /** Gives the next access token, once: sipgate replaces it each time. */
  readonly refreshToken: string;
  /** Seconds that the refresh token lasts, where sipgate says so; 0 where it doesn't end. */
  readonly refreshExpiresIn?: number | undefined;
  /** What was granted, as words with spaces between them, where sipgate says so. */
  readonly scope?: string | undefined;
  /** There while the tokens are being renewed, and from then on where that was cut off before its answer was kept. */
  readonly renewing?: true | undefined;
}

/**
 * Where the tokens of one sign-in are kept. All that may renew them have to share it: a refresh token that is used a
 * second time ends the sign-in.
 */
export interface TokenStore {
  /** Undefined where nobody is signed in. */
  load(): Promise<OAuthTokens | undefined>;
  /** Replaces what is kept: all of it, or, where it rejects, nothing. */
  save(tokens: OAuthTokens): Promise<void>;
  /** Runs the work while no other such work runs on these tokens, in whichever process. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** Milliseconds before its end at which a token is renewed; of one that lasts less than five minutes, a fifth of it. */
const MARGIN = 60_000;

/** Whether the access token lasts for a while yet. Only this machine's clock is asked, which may be wrong. */
export function isFresh(tokens: OAuthTokens, now: Date): boolean {
  const lasts = tokens.expiresIn * 1_000;
  return isWithin(tokens, now, lasts - Math.min(MARGIN, lasts / 5));
}

/** Whether the access token hasn't ended. */
export function isValid(tokens: OAuthTokens, now: Date): boolean {
  return isWithin(tokens, now, tokens.expiresIn * 1_000);
}

/** A clock that stands before the time of asking was set back meanwhile, and can't tell. */
function isWithin({ askedAt }: OAuthTokens, now: Date, milliseconds: number): boolean {
  const age = now.getTime() - askedAt;
  return age >= 0 && age < milliseconds;
}
