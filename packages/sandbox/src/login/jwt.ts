import { createHmac, timingSafeEqual } from "node:crypto";
import type { SigningKey } from "../signing-key.js";

/** A JWT that anybody can check with the key's public half. */
export async function signedWithKey(key: SigningKey, claims: object): Promise<string> {
  const { kid } = await key.publicJwk();
  const content = `${encode({ alg: "RS256", typ: "JWT", kid })}.${encode(claims)}`;
  return `${content}.${await key.sign(content, "base64url")}`;
}

/** A JWT that only whoever has the secret can check. */
export function signedWithSecret(secret: Buffer, claims: object): string {
  const content = `${encode({ alg: "HS512", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${hmac(secret, content)}`;
}

/** The claims of a JWT that was signed with this secret; undefined if it wasn't. */
export function claimsSignedWith(secret: Buffer, token: string): Record<string, unknown> | undefined {
  const end = token.lastIndexOf(".");
  const content = token.slice(0, Math.max(end, 0));
  const [given, right] = [Buffer.from(token.slice(end + 1)), Buffer.from(hmac(secret, content))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const [, claims = ""] = content.split(".");
  return JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as Record<string, unknown>;
}

function hmac(secret: Buffer, content: string): string {
  return createHmac("sha512", secret).update(content).digest("base64url");
}

function encode(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}
