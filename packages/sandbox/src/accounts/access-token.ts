import { createHmac } from "node:crypto";
import type { Tenant } from "./tenant.js";

// Anyone may know it: it signs tokens for a service that has nothing to protect. The login realm isn't built yet.
const KEY = "sipgate-sandbox";
// Fixed, so that the documented tokens are the same in each sandbox.
const ISSUED = Date.UTC(2026, 0, 1) / 1000;

/** An OAuth access token (JWT) with the claim by which sipgate's tokens name the platform. */
export function signedToken(tenant: Tenant, lifetimeSeconds: number): string {
  const claims = {
    iss: "https://login.sipgate.com/auth/realms/sipgate-apps",
    sub: tenant.user,
    iat: ISSUED,
    exp: ISSUED + lifetimeSeconds,
    scope: "all",
    featureScope: tenant.platform === "neo" ? "NEO_PBX" : "CLASSIC_PBX",
  };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createHmac("sha256", KEY).update(content).digest("base64url")}`;
}
