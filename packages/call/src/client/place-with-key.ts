// Placing a call under a key, on sipgate.
import { type CallRequest, checkCallRequest } from "../call/call-request.js";
import { InvalidRequestError } from "../call/errors.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { placeIdempotently } from "../call/place/idempotent-place.js";
import { placeCall } from "../call/place/place-call.js";
import { type OpenLookup, searchIfWanted } from "../call/place/search-call.js";
import type { PlacedCall, PlaceOptions, Telephony } from "../call/telephony.js";
import type { ClientSettings } from "./settings.js";

/** Time that whoever is at it may need for more than the request itself: finding the platform, reading channels. */
const MARGIN_MS = 10_000;

/** @throws InvalidRequestError for a key or request that can't be used */
export async function placeWithKey(
  store: IdempotencyStore | undefined,
  place: Telephony["place"],
  lookup: OpenLookup,
  request: CallRequest & { readonly idempotencyKey: unknown },
  { baseUrl, timeout, defaultCountry }: ClientSettings,
  options: PlaceOptions = {},
): Promise<PlacedCall> {
  const { idempotencyKey, ...call } = request;
  const checked = await checkCallRequest(call, defaultCountry);
  const key = checkedKey(idempotencyKey);
  if (store === undefined) throw noStore();
  const placement = {
    // The same key at another place, such as a sandbox, is another one.
    key: `${baseUrl}\n${key}`,
    request: await digest(JSON.stringify(checked)),
    waitMs: timeout + MARGIN_MS,
    place: (beforeSending: () => Promise<void>) =>
      placeCall({ place }, lookup, call, defaultCountry, { ...options, beforeSending }),
    search: (sentAt: number) => searchIfWanted(lookup, { request: checked, sentAt }, options),
  };
  return placeIdempotently(store, placement, options);
}

/** Digests alone are handed to the store: a request holds phone numbers. */
async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function checkedKey(key: unknown): string {
  // Half a character would be written as the same sign as any other half.
  const isText = typeof key === "string" && key.trim() !== "" && !/[\p{Cc}\p{Cs}]/u.test(key);
  if (isText && key.length <= 255) return key;
  throw problem(
    "invalid",
    "It must be text of 1 to 255 characters, in one line.",
    "Give a key of its own to each call.",
  );
}

function noStore(): InvalidRequestError {
  return problem(
    "no-store",
    "There is nowhere to keep it: only in Node is there a default.",
    "Give the client an idempotencyStore, or leave the key out.",
  );
}

function problem(code: string, message: string, remedy: string): InvalidRequestError {
  return new InvalidRequestError([{ field: "idempotencyKey", code, message, remedy }]);
}
