import { CallError } from "./errors.js";

/**
 * Web Crypto.
 *
 * @throws CallError if there is none, as on pages that came by plain http, or without the whole of it
 */
export function webCrypto(): Crypto {
  if (typeof crypto === "undefined" || !("subtle" in crypto)) throw noWebCrypto();
  return crypto;
}

function noWebCrypto(): CallError {
  return new CallError("invalid-settings", "There is no Web Crypto here.", {
    remedy:
      "Load the page by https, or start Node without --no-experimental-global-webcrypto. Nothing was dialled.",
    placed: "no",
  });
}
