/** The narrowest scope of each operation. Broader ones, such as `sessions:write`, are accepted too. */
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

/** The scopes of a token. `all` allows everything. */
export type GrantedScopes = ReadonlySet<string>;

export const EVERY_SCOPE: GrantedScopes = new Set(["all"]);

/** Every scope except one. */
export function scopesWithout(missing: Scope): GrantedScopes {
  return new Set(SCOPES.filter((scope) => scope !== missing));
}

export function hasOneOf(granted: GrantedScopes, accepted: readonly string[]): boolean {
  return accepted.some((scope) => granted.has(scope));
}
