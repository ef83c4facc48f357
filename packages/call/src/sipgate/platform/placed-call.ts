import { CallError } from "../../call/errors.js";
import type { PlacedCall, Platform } from "../../call/telephony.js";
import type { HttpResponse } from "../http/http.js";
import { firstText, type Json, LONGEST_TEXT, WireError } from "../http/json.js";

/**
 * sipgate's response to the request that placed a call. Source: sipgate's OpenAPI document for classic; on neo it's
 * reported, with the id under several names.
 */
export interface PlaceResponse {
  /** HTTP status. */
  readonly status: number;
  /** As it came, but at most 10,000 characters. */
  readonly body: string;
}

/** A call that sipgate has accepted. Source: see `PlaceResponse`. */
export interface SipgateCall extends PlacedCall {
  /** The response to the request. Undefined for a call found by its `idempotencyKey` if the store didn't keep it. */
  readonly response?: PlaceResponse;
}

/** Characters that the id of a call may have: it has to fit into the path of a request. */
const LONGEST_ID = 1_000;

/**
 * The call that a successful response is about.
 *
 * @param idFields that may hold its id
 * @throws WireError if there is no id: then it isn't known whether anything was dialled
 * @throws CallError `placed: "yes"` if the id can't be one
 */
export function placedBy(
  platform: Platform,
  idFields: readonly string[],
  answer: Json,
  { status, body }: HttpResponse,
): SipgateCall {
  const callId = longIdIn(answer, idFields) ?? firstText(answer, idFields);
  if (callId === undefined) throw new WireError(`None of ${idFields.join(", ")} is there.`);
  if (callId.length > LONGEST_ID) throw unusableId(callId.length, status);
  const response = { status, body: body.slice(0, LONGEST_TEXT) };
  return { callId, sessionId: callId, platform, response, warnings: [] };
}

/** The first id that's too long for any text of sipgate's. */
function longIdIn(answer: Json, idFields: readonly string[]): string | undefined {
  return idFields
    .map((field) => answer[field])
    .find((value): value is string => typeof value === "string" && value.length > LONGEST_TEXT);
}

function unusableId(length: number, status: number): CallError {
  const message = `sipgate accepted the call, but gave it an id of ${length} characters, which can't be one: the call can't be followed or controlled.`;
  const remedy =
    "Don't call again: phones ring. Check the base URL, and see what is running with client.calls().";
  return new CallError("unexpected-response", message, { remedy, placed: "yes", status });
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
