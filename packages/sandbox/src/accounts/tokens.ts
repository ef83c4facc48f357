import type { Platform } from "../switch/call.js";
import type { Account } from "./account.js";
import { ACCOUNTS } from "./accounts.js";
import { documentedAccessToken } from "./documented-access-token.js";
import type { Identity } from "./identity.js";
import { EVERY_SCOPE, SCOPES, type Scope, scopesWithout } from "./scopes.js";

/** Credentials that every sandbox accepts. */
export interface KnownToken extends Identity {
  readonly name: string;
  /** The user name for HTTP Basic; `undefined` for an OAuth access token, which is sent as `Authorization: Bearer`. */
  readonly tokenId: string | undefined;
  readonly token: string;
  readonly purpose: string;
}

/** Credentials to test with, as the table in docs/sandbox.md lists them. */
export interface DocumentedToken {
  /** What docs/sandbox.md calls it. */
  readonly name: string;
  /** The platform of its account. */
  readonly platform: Platform;
  /** The user name for HTTP Basic; `undefined` for an OAuth access token, which is sent as `Authorization: Bearer`. */
  readonly tokenId: string | undefined;
  /** The password for HTTP Basic, or the access token. */
  readonly token: string;
  /** What they are for, in English. */
  readonly purpose: string;
}

/** A made-up token. sipgate's own library accepts version 4 UUIDs only. */
const uuid = (number: number): string => `5a9db0c5-7e57-4a11-8c0d-${String(number).padStart(12, "0")}`;

function token(
  id: string,
  number: number,
  name: string,
  account: Account,
  purpose: string,
  differs: Partial<KnownToken> = {},
): KnownToken {
  return {
    name,
    tokenId: `token-${id}`,
    token: uuid(number),
    account,
    userId: "w0",
    scopes: EVERY_SCOPE,
    condition: "normal",
    purpose,
    ...differs,
  };
}

const { classic, neo } = ACCOUNTS;

const SITUATIONS: readonly KnownToken[] = [
  token("CLASSC", 1, "classic", classic, "the default on classic: everything works"),
  token("SECOND", 2, "classic-second-user", classic, "user w1 of the same account, who owns e9", {
    userId: "w1",
  }),
  token("CENT00", 3, "classic-no-balance", ACCOUNTS.classicNoBalance, "no balance: placing a call gives 402"),
  token("RESETP", 4, "classic-password-reset", classic, "the password must be reset: 403", {
    condition: "password-reset",
  }),
  token("RATE99", 5, "classic-rate-limited", classic, "too many requests: 429 with Retry-After: 30", {
    condition: "rate-limited",
  }),
  token("BROKEN", 6, "classic-broken-server", classic, "the server is broken: 500 with a body of text/html", {
    condition: "broken-server",
  }),
  token("NEOPBX", 20, "neo", neo, "the default on neo: everything works"),
  token("NEO402", 21, "neo-no-balance", ACCOUNTS.neoNoBalance, "no balance: placing a call gives 402"),
  token("NOPLUS", 22, "neo-no-plus", ACCOUNTS.neoNoPlus, "a targetNumber with a plus sign gives 400"),
  token(
    "NOCHAN",
    23,
    "neo-no-channel",
    ACCOUNTS.neoNoChannel,
    "no device has a channel: a call without channelId is accepted and never rings",
  ),
  token("NEOSID", 24, "neo-session-id", ACCOUNTS.neoSessionId, "a new call's id comes as sessionId"),
  token("CALSID", 25, "neo-call-sid", ACCOUNTS.neoCallSid, "a new call's id comes as callSid"),
  token("MIGRAT", 26, "neo-migrated", ACCOUNTS.neoMigrated, "moved from classic: calls are in /history too"),
];

/** A token for each scope: it lacks that scope, and gets a 403 from the operations that need it. */
const WITHOUT_A_SCOPE: readonly KnownToken[] = [
  ...SCOPES.filter((scope) => scope !== "channels:read").map((scope, index) =>
    withoutScope(classic, scope, `SCOPE${index}`, 40 + index),
  ),
  withoutScope(neo, "rtcm:write", "SCOPEA", 60),
  withoutScope(neo, "rtcm:read", "SCOPEB", 61),
  withoutScope(neo, "devices:read", "SCOPEC", 62),
  withoutScope(neo, "channels:read", "SCOPED", 63),
];

const BEARER: readonly KnownToken[] = [
  bearer("classic-bearer", classic, "CLASSIC_PBX", "an OAuth access token, classic"),
  bearer("neo-bearer", neo, "NEO_PBX", "an OAuth access token, neo"),
  bearer("classic-bearer-expired", classic, "CLASSIC_PBX", "an OAuth access token that has expired: 401", {
    condition: "expired",
  }),
];

/** All credentials that the sandbox accepts. */
export const KNOWN_TOKENS: readonly KnownToken[] = [...SITUATIONS, ...WITHOUT_A_SCOPE, ...BEARER];

/** Credentials to test a 401 with. */
const REFUSED: readonly DocumentedToken[] = [
  {
    name: "classic-wrong-password",
    platform: "classic",
    tokenId: "token-CLASSC",
    token: uuid(90),
    purpose: "the id exists, the token is wrong: 401",
  },
  {
    name: "unknown",
    platform: "classic",
    tokenId: "token-NOBODY",
    token: uuid(91),
    purpose: "nobody has this id: 401",
  },
];

/** The documented list: accepted and refused credentials. */
export const DOCUMENTED_TOKENS: readonly DocumentedToken[] = [
  ...KNOWN_TOKENS.map(({ name, account, tokenId, token: secret, purpose }) => ({
    name,
    platform: account.platform,
    tokenId,
    token: secret,
    purpose,
  })),
  ...REFUSED,
];

function withoutScope(account: Account, scope: Scope, id: string, number: number): KnownToken {
  return token(id, number, `${account.name}-without-${scope}`, account, `lacks the scope ${scope}: 403`, {
    scopes: scopesWithout(scope),
  });
}

function bearer(
  name: string,
  account: Account,
  featureScope: string,
  purpose: string,
  differs: Partial<KnownToken> = {},
): KnownToken {
  return {
    ...token("", 0, name, account, purpose, differs),
    tokenId: undefined,
    token: documentedAccessToken({
      account,
      userId: "w0",
      featureScope,
      expired: differs.condition === "expired",
    }),
  };
}
