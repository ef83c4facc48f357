import { createHmac } from "node:crypto";
import type { Account } from "./account.js";

/** Not a secret: the sandbox's tokens open nothing but the sandbox. */
const SIGNING_KEY = "sipgate-sandbox";

/** 1 January 2020: any clock has passed it. */
const PAST = Date.UTC(2020, 0) / 1_000;
/** 1 January 2100: no clock has reached it. Sipgate's own live for about 300 seconds. */
const FUTURE = Date.UTC(2100, 0) / 1_000;

/** An OAuth access token whose claim `featureScope` names the platform. */
export function accessToken(claims: {
  account: Account;
  userId: string;
  featureScope: string;
  expired: boolean;
}): string {
  const expires = claims.expired ? PAST : FUTURE;
  const head = encode({ alg: "HS256", typ: "JWT" });
  const body = encode({
    iss: "https://login.sipgate.com/auth/realms/sipgate-apps",
    sub: claims.userId,
    masterSipId: claims.account.masterSipId,
    featureScope: claims.featureScope,
    iat: PAST - 300,
    exp: expires,
  });
  const signature = createHmac("sha256", SIGNING_KEY).update(`${head}.${body}`).digest("base64url");
  return `${head}.${body}.${signature}`;
}

function encode(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}
