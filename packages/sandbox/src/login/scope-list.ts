import { UNUSED_SCOPES } from "./unused-scopes.js";

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
  "account:read": "see your company and product",
  "users:read": "see the users of your account",
  "phonelines:read": "see your phonelines",
  "phonelines:numbers:read": "see the numbers of your phonelines",
  "phonelines:devices:read": "see the phones of your phonelines",
  "contacts:read": "see your contacts",
  "events:read": "see your past calls",
  "history:write": "change and delete your past calls",
  "devices:write": "add phones",
  openid: "know who you are",
  "settings:read": "see your settings",
  "settings:write": "change your settings",
  "settings:sipgateio:read": "see where your calls are reported to",
  "settings:sipgateio:write": "change where your calls are reported to",
} as const;

export type LoginScope = keyof typeof MEANINGS | (typeof UNUSED_SCOPES)[number];

/** All scopes that a program can ask for. */
export const LOGIN_SCOPES: readonly LoginScope[] = [...Object.keys(MEANINGS), ...UNUSED_SCOPES].filter(
  isLoginScope,
);

export function meaningOf(scope: LoginScope): string {
  return isUsed(scope) ? MEANINGS[scope] : "nothing, in the sandbox";
}

/** Decodes a list of scopes that are separated by spaces; `undefined` if it's missing or has an unknown scope. */
export function scopesFrom(text: string | undefined): readonly LoginScope[] | undefined {
  if (text === undefined) return undefined;
  const scopes = [...new Set(text.split(" "))];
  return scopes.every(isLoginScope) ? scopes : undefined;
}

function isLoginScope(name: string): name is LoginScope {
  return isUsed(name) || UNUSED_SCOPES.some((scope) => scope === name);
}

function isUsed(name: string): name is keyof typeof MEANINGS {
  return Object.hasOwn(MEANINGS, name);
}
