/** What each scope allows, in the words of the consent page. */
const MEANINGS = {
  all: "everything",
  "sessions:write": "place calls",
  "sessions:calls:write": "place calls",
  "rtcm:read": "see your running calls",
  "rtcm:write": "control your running calls; on neo also place calls",
  "devices:read": "see your phones and their passwords",
  "devices:callerid:read": "see which number a phone shows",
  "numbers:read": "see your numbers",
  "balance:read": "see your balance",
  "history:read": "see your past calls",
  "callrestrictions:read": "see which numbers you may not call",
  "groups:read": "see your groups",
  "channels:read": "see your channels and their calls",
  "settings:read": "see your settings",
  "settings:write": "change your settings",
  "settings:sipgateio:read": "see where your calls are reported to",
  "settings:sipgateio:write": "change where your calls are reported to",
} as const;

export type LoginScope = keyof typeof MEANINGS;

/** All scopes that a program can ask for: those that operations of the sandbox accept. */
export const LOGIN_SCOPES: readonly LoginScope[] = Object.keys(MEANINGS).filter(isLoginScope);

export function meaningOf(scope: LoginScope): string {
  return MEANINGS[scope];
}

/** Decodes a list of scopes that are separated by spaces; `undefined` if it's missing or has an unknown scope. */
export function scopesFrom(text: string | undefined): readonly LoginScope[] | undefined {
  if (text === undefined) return undefined;
  const scopes = [...new Set(text.split(" "))];
  return scopes.every(isLoginScope) ? scopes : undefined;
}

function isLoginScope(name: string): name is LoginScope {
  return Object.hasOwn(MEANINGS, name);
}
