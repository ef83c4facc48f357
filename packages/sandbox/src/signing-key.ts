import { createHash, generateKeyPair, type KeyObject, sign as signBytes } from "node:crypto";
import { promisify } from "node:util";

/**
 * The key pair that signs pushed events and access tokens. sipgate has a key for each; nobody who verifies a signature
 * can tell the difference. All sandboxes of a process share it, and it's made when it's first needed: that takes a
 * third of a second (measured), which every sandbox of a test suite would pay again.
 */
let keyPair: Promise<{ publicKey: KeyObject; privateKey: KeyObject }> | undefined;

const MODULUS_BITS = 2_048;

function keys(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  keyPair ??= promisify(generateKeyPair)("rsa", { modulusLength: MODULUS_BITS });
  return keyPair;
}

/** An RSA key as a JWKS holds it. */
export interface PublicJwk {
  readonly kty: "RSA";
  readonly n: string;
  readonly e: string;
  readonly kid: string;
}

/** The public key: SPKI in PEM. */
export async function publicPem(): Promise<string> {
  const { publicKey } = await keys();
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

/** The public key as a JWK. Its id is its thumbprint (RFC 7638). */
export async function publicJwk(): Promise<PublicJwk> {
  const { publicKey } = await keys();
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const kid = createHash("sha256")
    .update(JSON.stringify({ e, kty: "RSA", n }))
    .digest("base64url");
  return { kty: "RSA", n, e, kid };
}

/** Signs by RSA-SHA256 (PKCS #1 v1.5). It takes one to two milliseconds, in a thread: calls and their audio don't wait for it. */
export async function sign(text: string, encoding: "base64" | "base64url"): Promise<string> {
  const { privateKey } = await keys();
  const signature = await promisify(signBytes)("RSA-SHA256", Buffer.from(text), privateKey);
  return signature.toString(encoding);
}
