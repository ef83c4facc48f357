import { webcrypto } from "node:crypto";
import type { Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { issuerOf, type Realm, signIn, statusWith } from "./login-support.js";
import { send, startSandbox } from "./support.js";

const decoded = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;

/** The keys that a realm publishes. */
async function keysOf(sandbox: Sandbox, realm?: Realm): Promise<(JsonWebKey & { kid: string })[]> {
  const { json } = await send(`${issuerOf(sandbox, realm)}/protocol/openid-connect/certs`, {});
  return json.keys as (JsonWebKey & { kid: string })[];
}

/** Verifies an access token with the realm's published key. Returns its claims. */
async function verifiedClaims(
  sandbox: Sandbox,
  token: string,
  realm?: Realm,
): Promise<Record<string, unknown>> {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const { alg, kid, ...others } = decoded(head);
  expect({ alg, others }).toEqual({ alg: "RS256", others: { typ: "JWT" } });
  const jwk = (await keysOf(sandbox, realm)).find((candidate) => candidate.kid === kid);
  if (jwk === undefined) throw new Error("the token's key isn't published");
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await webcrypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
  const content = Buffer.from(`${head}.${claims}`);
  const isValid = await webcrypto.subtle.verify(algorithm, key, Buffer.from(signature, "base64url"), content);
  if (!isValid) throw new Error("the signature is wrong");
  return decoded(claims);
}

describe("access tokens", () => {
  it.each([
    ["classic", "sipgate-apps", "w0", "1000000", "CLASSIC_PBX"],
    ["neo", "third-party", "w0", "2000000", "NEO_PBX"],
    ["classic-second-user", "sipgate-apps", "w1", "1000000", "CLASSIC_PBX"],
  ] as const)(
    "An access token of %s in %s is signed and names its user",
    async (name, realm, sub, masterSipId, featureScope) => {
      const sandbox = await startSandbox();
      const { access } = await signIn(sandbox, name, { scope: "balance:read rtcm:read" }, realm);
      const now = sandbox.clock.now().getTime() / 1_000;
      const { jti, sid, session_state, ...claims } = await verifiedClaims(sandbox, access, realm);
      expect(claims).toEqual({
        iss: issuerOf(sandbox, realm),
        sub,
        typ: "Bearer",
        azp: sandbox.client.clientId,
        scope: "balance:read rtcm:read",
        masterSipId,
        featureScope,
        iat: now,
        exp: now + 300,
      });
      expect([typeof jti, typeof sid, session_state]).toEqual(["string", "string", sid]);
    },
  );

  it("An access token opens nothing in another sandbox, although all sandboxes of a process sign with the same key", async () => {
    const [one, other] = [await startSandbox(), await startSandbox()];
    const { access } = await signIn(one);
    expect(await keysOf(other)).toEqual(await keysOf(one));
    expect([await statusWith(one, access), await statusWith(other, access)]).toEqual([200, 401]);
  });
});

describe("published keys", () => {
  it("Both realms publish the same public key for signatures", async () => {
    const sandbox = await startSandbox();
    const keys = await keysOf(sandbox);
    expect(keys).toEqual([
      {
        kty: "RSA",
        alg: "RS256",
        use: "sig",
        kid: expect.any(String),
        n: expect.stringMatching(/^[\w-]{342}$/),
        e: "AQAB",
      },
    ]);
    expect(await keysOf(sandbox, "third-party")).toEqual(keys);
  });
});
