import { createHmac, randomBytes } from "node:crypto";

/**
 * The headers of an event, as the Standard Webhooks specification describes them (standardwebhooks.com): libraries in many
 * languages check them.
 *
 * @param secret as `newSecret` makes it
 * @param at seconds since 1970
 */
export function signedHeaders(
  secret: string,
  id: string,
  at: number,
  body: string,
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(at),
    "webhook-signature": `v1,${signature}`,
  };
}

export function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
