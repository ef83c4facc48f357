import { InvalidRequestError } from "../errors.js";

/**
 * A key as it's compared: blanks at its ends, and how letters with accents are composed, make no difference.
 *
 * @throws InvalidRequestError if it can't be a key
 */
export function checkedKey(key: unknown): string {
  // Half a character would be encoded as the same character as any other half.
  if (typeof key === "string" && !/[\p{Cc}\p{Cs}]/u.test(key)) {
    const meant = key.normalize("NFC").trim();
    if (meant !== "" && meant.length <= 255) return meant;
  }
  throw problem(
    "invalid",
    "It must be text of 1 to 255 characters, in one line.",
    "Give a key of its own to each call.",
  );
}

export function noStore(): InvalidRequestError {
  return problem(
    "no-store",
    "There is nowhere to keep it: only in Node is there a default.",
    "Give the client an idempotencyStore, or leave the key out.",
  );
}

export function usedForAnother(): InvalidRequestError {
  return problem("used", "It was used for another request.", "Take a new key for each call.");
}

function problem(code: string, message: string, remedy: string): InvalidRequestError {
  return new InvalidRequestError([{ field: "idempotencyKey", code, message, remedy }]);
}
