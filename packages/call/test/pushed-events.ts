// Pushed events as sipgate sends them, signed with a key of the tests'.
import { generateKeyPairSync, sign } from "node:crypto";

/** A key of the tests', and the events that it signs. */
const { privateKey, publicKey: keyObject } = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const publicKey = keyObject.export({ type: "spki", format: "pem" }).toString();
export const URL_OF_OURS = "https://example.com/sipgate?a=1&b=2";

export const signed = (body: string) => ({
  headers: { "X-Sipgate-Signature": sign("RSA-SHA256", Buffer.from(body), privateKey).toString("base64") },
  body,
});

export const CALLEE = "493023125001";
export const OF_CALL = { direction: "out", from: "496990009000", to: CALLEE };

/** A signed event of a call to the callee. */
export function event(fields: Readonly<Record<string, string>>) {
  return signed(new URLSearchParams({ ...OF_CALL, ...fields }).toString());
}
