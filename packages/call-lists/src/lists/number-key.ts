import { createHmac } from "node:crypto";

/**
 * What stays of a number when it's deleted. Without the secret, it can't be found by trying all numbers.
 *
 * @param secret the account's `number_secret`
 * @param number E.164
 */
export function numberKey(secret: string, number: string): Buffer {
  return createHmac("sha256", secret).update(number).digest();
}
