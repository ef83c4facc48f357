// Placing under a key, for the client.
import type { CheckedCallRequest } from "../call/call-request.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { placeUnderKey } from "../call/place/idempotent-place.js";
import type { Placing } from "../call/place/place-call.js";
import type { PlacedCall, PlaceOptions } from "../call/telephony.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import { createKeyScope } from "./key-scope.js";
import type { ClientSettings } from "./settings.js";

/** Places a checked request under a key, as the application gave it. */
export type PlaceKeyed = (
  store: IdempotencyStore | undefined,
  request: CheckedCallRequest,
  key: unknown,
  options?: PlaceOptions,
) => Promise<PlacedCall>;

export function createPlaceKeyed(api: ApiClient, settings: ClientSettings, placing: Placing): PlaceKeyed {
  const scope = createKeyScope(api, settings);
  return (store, request, key, options) => {
    const placement = { key, scope, timeoutMs: options?.timeoutMs ?? settings.timeoutMs };
    return placeUnderKey(store, placing, request, placement, options);
  };
}
