// Records from a store that anybody may have implemented: each record is checked before it's used.
import type { PlacedCall } from "../telephony.js";
import type { IdempotencyRecord, IdempotencyState, StoredRecord } from "./idempotency-store.js";

/**
 * Undefined if there is none.
 *
 * @throws Error if it isn't a record; then it isn't known whether anything was dialled
 */
export function checkedRecord(found: unknown): StoredRecord | undefined {
  // Database clients return `null` for nothing.
  if (found === undefined || found === null) return undefined;
  const { version, record } = part(found, "The answer");
  if (typeof version !== "number" || !Number.isSafeInteger(version))
    throw new Error("version isn't a number.");
  return { version, record: recordOf(part(record, "record")) };
}

type Fields = Readonly<Record<string, unknown>>;

function recordOf({ request, owner, begunAt, beat, state }: Fields): IdempotencyRecord {
  return {
    request: text(request, "request"),
    owner: text(owner, "owner"),
    begunAt: number(begunAt, "begunAt"),
    beat: number(beat, "beat"),
    state: stateOf(part(state, "state")),
  };
}

function stateOf({ kind, at, call }: Fields): IdempotencyState {
  switch (kind) {
    case "begun":
    case "refused":
      return { kind };
    case "sending":
    case "unknown":
      return { kind, at: number(at, "at") };
    case "placed":
      return { kind, call: callOf(part(call, "call")) };
    default:
      throw new Error("kind is none of begun, sending, placed, refused and unknown.");
  }
}

function callOf({ callId, platform, channelId, response, warnings }: Fields): PlacedCall {
  if (platform !== "classic" && platform !== "neo") throw new Error("platform is neither classic nor neo.");
  const id = text(callId, "callId");
  return {
    callId: id,
    sessionId: id,
    platform,
    channelId: typeof channelId === "string" ? channelId : undefined,
    response,
    warnings: Array.isArray(warnings) ? warnings.filter((warning) => typeof warning === "string") : [],
  };
}

function part(value: unknown, name: string): Fields {
  if (typeof value !== "object" || value === null) throw new Error(`${name} isn't an object.`);
  return value as Fields;
}

function text(value: unknown, name: string): string {
  if (typeof value !== "string") throw new Error(`${name} isn't text.`);
  return value;
}

function number(value: unknown, name: string): number {
  if (typeof value !== "number") throw new Error(`${name} isn't a number.`);
  return value;
}
