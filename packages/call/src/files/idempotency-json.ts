import type { IdempotencyRecord, IdempotencyState } from "../call/place/idempotency-store.js";
import type { PlacedCall } from "../call/telephony.js";
import { type Json, optionalText, parseObject, text, texts, WireError } from "../sipgate/http/json.js";

/**
 * A record as it was written down.
 *
 * @throws WireError where it's none; whether anything was dialled isn't known then
 */
export function decodeIdempotencyRecord(json: string, attempt: number): IdempotencyRecord {
  const entry = parseObject(json);
  return {
    attempt,
    request: text(entry, "request"),
    owner: text(entry, "owner"),
    state: stateOf(entry.state),
  };
}

function stateOf(value: unknown): IdempotencyState {
  const state = objectOf(value);
  const kind = text(state, "kind");
  if (kind === "begun" || kind === "refused") return { kind };
  if (kind === "sending" || kind === "unknown") {
    if (typeof state.at !== "number") throw new WireError("The time is missing.");
    return { kind, at: state.at };
  }
  if (kind !== "placed") throw new WireError(`${kind} is no state of a request.`);
  return { kind, call: callOf(objectOf(state.call)) };
}

function callOf(call: Json): PlacedCall {
  const { platform, response } = call;
  if (platform !== "classic" && platform !== "neo") throw new WireError("The platform is missing.");
  const callId = text(call, "callId");
  return {
    callId,
    sessionId: callId,
    platform,
    channelId: optionalText(call, "channelId"),
    response,
    warnings: texts(call, "warnings"),
  };
}

function objectOf(value: unknown): Json {
  if (typeof value !== "object" || value === null) throw new WireError("A part of the record is missing.");
  return value as Json;
}
