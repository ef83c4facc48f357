import { signedWithSecret } from "../jwt.js";
import type { Account } from "./account.js";

/** Not a secret: the sandbox's tokens open nothing but the sandbox. */
const SIGNING_KEY = "sipgate-sandbox";

/** 1 January 2020, in seconds: past on any clock. */
const PAST = Date.UTC(2020, 0) / 1_000;
/** 1 January 2100, in seconds: still to come on any clock. sipgate's own tokens last about 300 seconds. */
const FUTURE = Date.UTC(2100, 0) / 1_000;

/** An OAuth access token that is the same in every sandbox. Its claim `featureScope` names the platform. */
export function documentedAccessToken(claims: {
  account: Account;
  userId: string;
  featureScope: string;
  expired: boolean;
}): string {
  const content = {
    iss: "https://login.sipgate.com/auth/realms/sipgate-apps",
    sub: claims.userId,
    masterSipId: claims.account.masterSipId,
    featureScope: claims.featureScope,
    iat: PAST - 300,
    exp: claims.expired ? PAST : FUTURE,
  };
  return signedWithSecret(SIGNING_KEY, content, "HS256");
}
