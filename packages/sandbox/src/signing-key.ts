import { createHash, createSign, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

const MODULUS_BITS = 2_048;

/** An RSA key as a JWKS holds it. */
export interface PublicJwk {
  readonly kty: "RSA";
  readonly n: string;
  readonly e: string;
  readonly kid: string;
}

/**
 * The pair of keys that signs one sandbox's pushes and access tokens, made when it is first needed: it takes a while.
 * sipgate has a key for each; one that serves both makes no difference to whoever checks signatures.
 */
export class SigningKey {
  #pair: Promise<{ publicKey: KeyObject; privateKey: KeyObject }> | undefined;

  /** SPKI in PEM. */
  async publicPem(): Promise<string> {
    const { publicKey } = await this.#keys();
    return publicKey.export({ type: "spki", format: "pem" }).toString();
  }

  /** Its id is its thumbprint (RFC 7638). */
  async publicJwk(): Promise<PublicJwk> {
    const { publicKey } = await this.#keys();
    const { n = "", e = "" } = publicKey.export({ format: "jwk" });
    const kid = createHash("sha256")
      .update(JSON.stringify({ e, kty: "RSA", n }))
      .digest("base64url");
    return { kty: "RSA", n, e, kid };
  }

  /** RSA-SHA256 (PKCS #1 v1.5). */
  async sign(text: string, encoding: "base64" | "base64url"): Promise<string> {
    const { privateKey } = await this.#keys();
    return createSign("RSA-SHA256").update(text, "utf8").sign(privateKey, encoding);
  }

  #keys(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
    this.#pair ??= promisify(generateKeyPair)("rsa", { modulusLength: MODULUS_BITS });
    return this.#pair;
  }
}
