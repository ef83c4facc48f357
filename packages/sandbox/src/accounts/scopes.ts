/** The narrowest scopes of operations, each of which one of the tokens lacks. Broader ones, such as `sessions:write`, are accepted too. */
export const SCOPES = [
  "sessions:calls:write",
  "rtcm:read",
  "rtcm:write",
  "devices:read",
  "numbers:read",
  "balance:read",
  "history:read",
  "callrestrictions:read",
  "groups:read",
  "channels:read",
  "devices:write",
] as const;

export type Scope = (typeof SCOPES)[number];

/** The scopes of a token. `all` allows everything. */
export type GrantedScopes = ReadonlySet<string>;

export const EVERY_SCOPE: GrantedScopes = new Set(["all"]);

/** The narrowest scopes of operations that no token lacks by itself. */
const OTHERS = [
  "account:read",
  "users:read",
  "phonelines:read",
  "contacts:read",
  "events:read",
  "history:write",
] as const;

/** Every scope except one. */
export function scopesWithout(missing: Scope): GrantedScopes {
  return new Set([...SCOPES, ...OTHERS].filter((scope) => scope !== missing));
}

export function hasOneOf(granted: GrantedScopes, accepted: readonly string[]): boolean {
  return accepted.some((scope) => granted.has(scope));
}
