import type { PlacedCall } from "../../call/telephony.js";

/** sipgate's response to the request that placed a call, as it came. */
export interface PlaceResponse {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
}

/** A call that sipgate has accepted. */
export interface SipgateCall extends PlacedCall {
  /** sipgate's response. A call found by its `idempotencyKey` lacks it if the store didn't keep it. */
  readonly response?: PlaceResponse;
}

/** A call as it was placed now, or as it was stored earlier. */
export function sipgateCallOf({ response, ...call }: PlacedCall): SipgateCall {
  return isPlaceResponse(response) ? { ...call, response } : call;
}

function isPlaceResponse(value: unknown): value is PlaceResponse {
  if (typeof value !== "object" || value === null) return false;
  const { status, body }: Partial<Record<keyof PlaceResponse, unknown>> = value;
  return typeof status === "number" && typeof body === "string";
}
