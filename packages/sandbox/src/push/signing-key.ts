import { createSign, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

const MODULUS_BITS = 2_048;

/** The pair of keys that signs one sandbox's pushes, made when it is first needed: it takes a while. */
export class SigningKey {
  #pair: Promise<{ publicKey: KeyObject; privateKey: KeyObject }> | undefined;

  /** SPKI in PEM. */
  async publicPem(): Promise<string> {
    const { publicKey } = await this.#keys();
    return publicKey.export({ type: "spki", format: "pem" }).toString();
  }

  /** RSA-SHA256 (PKCS #1 v1.5) in base64. */
  async sign(text: string): Promise<string> {
    const { privateKey } = await this.#keys();
    return createSign("RSA-SHA256").update(text, "utf8").sign(privateKey, "base64");
  }

  #keys(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
    this.#pair ??= promisify(generateKeyPair)("rsa", { modulusLength: MODULUS_BITS });
    return this.#pair;
  }
}
