import { createHmac, timingSafeEqual } from "node:crypto";
import { publicJwk, sign } from "./signing-key.js";

const HASHES = { HS256: "sha256", HS512: "sha512" } as const;

/** A JWT that anybody can verify with the public half of the signing key. */
export async function signedWithKey(claims: object): Promise<string> {
  const { kid } = await publicJwk();
  const content = `${encode({ alg: "RS256", typ: "JWT", kid })}.${encode(claims)}`;
  return `${content}.${await sign(content, "base64url")}`;
}

/** A JWT that takes the secret to verify. */
export function signedWithSecret(secret: string, claims: object, alg: keyof typeof HASHES): string {
  const content = `${encode({ alg, typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${hmac(secret, content, alg)}`;
}

/** The claims of a JWT that was signed with this secret by HS512, else `undefined`. */
export function claimsSignedWith(secret: string, token: string): Record<string, unknown> | undefined {
  const end = token.lastIndexOf(".");
  const content = token.slice(0, Math.max(end, 0));
  const [given, right] = [Buffer.from(token.slice(end + 1)), Buffer.from(hmac(secret, content, "HS512"))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const [, claims = ""] = content.split(".");
  return JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as Record<string, unknown>;
}

function hmac(secret: string, content: string, alg: keyof typeof HASHES): string {
  return createHmac(HASHES[alg], secret).update(content).digest("base64url");
}

function encode(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}
