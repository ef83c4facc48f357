// What a sign-in has given, how long it lasts, and the port that stores it.

/**
 * Tokens of one sign-in. Anyone who has them can call at its user's expense. Plain data, fit for JSON. Source:
 * sipgate's documentation of OAuth: an access token lasts 300 s, a refresh token 30 days.
 */
export interface OAuthTokens {
  /** What requests are sent with. */
  readonly accessToken: string;
  /** When it was requested, in milliseconds of this machine's clock. */
  readonly askedAtMs: number;
  /** Lifetime of the access token from then on, in seconds, as sipgate gave it. */
  readonly expiresInSeconds: number;
  /** Gives the next access token, only once: sipgate replaces it each time. */
  readonly refreshToken: string;
  /** Lifetime of the refresh token in seconds; 0 if it doesn't expire. Undefined if sipgate doesn't say. */
  readonly refreshExpiresInSeconds?: number | undefined;
  /** What was granted, as words separated by spaces. Undefined if sipgate doesn't say. */
  readonly scope?: string | undefined;
  /** Present while the tokens are being renewed. It stays if that was cut off before its response was stored. */
  readonly renewing?: true | undefined;
}

/**
 * Keeps the tokens of one sign-in. All processes that may renew them have to share it: a refresh token that is used a
 * second time ends the sign-in.
 *
 * This is a port: your program implements it. Methods may throw: then the sign-in isn't renewed, and the request fails.
 */
export interface TokenStore {
  /** Undefined if nobody is signed in. */
  load(): Promise<OAuthTokens | undefined>;
  /** Replaces what is stored: all of it or, if it rejects, nothing. */
  save(tokens: OAuthTokens): Promise<void>;
  /** Runs the work while no other such work runs on these tokens, in any process. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** Milliseconds before expiry at which a token is renewed; for a life under five minutes, a fifth of it. */
const MARGIN = 60_000;

/** Whether the access token lasts for a while yet. Uses only this machine's clock, which may be wrong. */
export function isFresh(tokens: OAuthTokens, now: Date): boolean {
  const lasts = tokens.expiresInSeconds * 1_000;
  return isWithin(tokens, now, lasts - Math.min(MARGIN, lasts / 5));
}

/** Whether the access token hasn't expired. */
export function isValid(tokens: OAuthTokens, now: Date): boolean {
  return isWithin(tokens, now, tokens.expiresInSeconds * 1_000);
}

/** If the clock shows a time before the request, it was set back meanwhile and can't tell. */
function isWithin({ askedAtMs }: OAuthTokens, now: Date, milliseconds: number): boolean {
  const age = now.getTime() - askedAtMs;
  return age >= 0 && age < milliseconds;
}
