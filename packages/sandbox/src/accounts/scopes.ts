/** The scopes that the sandbox's operations ask for, without the broader ones that would do as well. */
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
] as const;

export type Scope = (typeof SCOPES)[number];

/** What a token may do. `all` opens everything. */
export type GrantedScopes = ReadonlySet<string>;

export const EVERY_SCOPE: GrantedScopes = new Set(["all"]);

/** Every scope but one. */
export function scopesWithout(missing: Scope): GrantedScopes {
  return new Set(SCOPES.filter((scope) => scope !== missing));
}

export function hasOneOf(granted: GrantedScopes, accepted: readonly string[]): boolean {
  return accepted.some((scope) => granted.has(scope));
}
