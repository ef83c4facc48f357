// The documented list of credentials, each of which gives one situation of an account.
import { signedToken } from "./access-token.js";
import { CLASSIC, NEO, type Tenant } from "./tenant.js";

/** Why every request of an account is refused, whatever it asks for. */
export type Refusal = "wrong-token" | "expired" | "password-reset" | "rate-limited" | "broken";

export interface Account {
  /** E.g. `classic` or `missing devices:read`. */
  readonly name: string;
  /** What it's for, as a sentence. */
  readonly purpose: string;
  readonly tenant: Tenant;
  /** Of a personal access token: its id. Of an OAuth access token: undefined. */
  readonly tokenId: string | undefined;
  readonly token: string;
  /** The scope it lacks. Undefined: it may do everything. */
  readonly lacks: string | undefined;
  readonly refusal: Refusal | undefined;
  readonly hasMoney: boolean;
  /** neo: the name under which the id of a call comes. */
  readonly callIdField: "callId" | "sessionId" | "callSid";
  /** neo: whether `targetNumber` may start with a plus. */
  readonly takesPlus: boolean;
}

type Special = Partial<Omit<Account, "name" | "purpose" | "tenant" | "tokenId" | "token">>;

let serial = 0;

/** sipgate's library insists on `token-` and six letters or digits, and on a version 4 UUID. */
function account(
  tokenId: string | undefined,
  name: string,
  purpose: string,
  tenant: Tenant,
  special: Special = {},
): Account {
  serial += 1;
  return {
    name,
    purpose,
    tenant,
    tokenId,
    token: `5a9d0b0e-0000-4000-8000-${String(serial).padStart(12, "0")}`,
    lacks: undefined,
    refusal: undefined,
    hasMoney: true,
    callIdField: "callId",
    takesPlus: true,
    ...special,
  };
}

function lacking(tokenId: string, scope: string, tenant: Tenant = CLASSIC): Account {
  const name = `${tenant.platform} without ${scope}`;
  return account(tokenId, name, `Everything but the scope ${scope}.`, tenant, { lacks: scope });
}

export const CLASSIC_ACCOUNT = account("token-CLASSI", "classic", "The default classic account.", CLASSIC);
export const NEO_ACCOUNT = account("token-NEOPBX", "neo", "The default neo account.", NEO);

const NO_CHANNELS: Tenant = { ...NEO, channels: [] };

export const ACCOUNTS: readonly Account[] = [
  CLASSIC_ACCOUNT,
  NEO_ACCOUNT,
  account("token-NOCASH", "classic without money", "Placing a call answers 402.", CLASSIC, {
    hasMoney: false,
  }),
  account("token-NEOCSH", "neo without money", "Placing a call answers 402.", NEO, { hasMoney: false }),
  account("token-BADPWD", "wrong token", "Every request answers 401.", CLASSIC, { refusal: "wrong-token" }),
  account(
    "token-PWDRST",
    "password reset",
    "Every request answers 403 until the password is reset.",
    CLASSIC,
    { refusal: "password-reset" },
  ),
  account("token-LIMITD", "rate limited", "Every request answers 429 with Retry-After: 30.", CLASSIC, {
    refusal: "rate-limited",
  }),
  account("token-BROKEN", "broken", "Every request answers 500 with a page.", CLASSIC, { refusal: "broken" }),
  lacking("token-NOCALL", "sessions:calls:write"),
  lacking("token-NORTCR", "rtcm:read"),
  lacking("token-NORTCW", "rtcm:write"),
  lacking("token-NODEVS", "devices:read"),
  lacking("token-NONUMS", "numbers:read"),
  lacking("token-NOHIST", "history:read"),
  lacking("token-NOBALN", "balance:read"),
  lacking("token-NOGRPS", "groups:read"),
  lacking("token-NORSTR", "callrestrictions:read"),
  lacking("token-NEORTC", "rtcm:write", NEO),
  lacking("token-NEORTR", "rtcm:read", NEO),
  lacking("token-NEOCHN", "channels:read", NEO),
  lacking("token-NEOGRP", "groups:read", NEO),
  lacking("token-NEODEV", "devices:read", NEO),
  account("token-NOPLUS", "neo without plus", "targetNumber with a plus answers 400.", NEO, {
    takesPlus: false,
  }),
  account(
    "token-NOCHAN",
    "neo without channels",
    "The user is in no channel: calls are accepted and never ring.",
    NO_CHANNELS,
  ),
  account("token-SESSID", "neo answering sessionId", "The id of a call comes as sessionId.", NEO, {
    callIdField: "sessionId",
  }),
  account("token-CALSID", "neo answering callSid", "The id of a call comes as callSid.", NEO, {
    callIdField: "callSid",
  }),
  oauth("classic access token", "An OAuth access token that says CLASSIC_PBX.", CLASSIC),
  oauth("neo access token", "An OAuth access token that says NEO_PBX.", NEO),
  oauth("expired access token", "An OAuth access token that has expired: 401.", CLASSIC, "expired"),
];

function oauth(name: string, purpose: string, tenant: Tenant, refusal?: Refusal): Account {
  const token = signedToken(tenant, refusal === "expired" ? -3600 : 10 * 365 * 86_400);
  return { ...account(undefined, name, purpose, tenant, { refusal }), token };
}
