// What it takes to take a call up again: after a reload of the page, or in another tab. The password isn't among it.
import { readSetting, writeSetting } from "../state/settings.js";

export interface KeptCall {
  /** The device that this browser was. */
  readonly device: string;
  /** The user part of From. */
  readonly from: string;
  readonly sipCallId: string;
  readonly ownTag: string;
  readonly otherTag: string;
  /** Where the other side wants requests to go. */
  readonly target: string;
  /** ISO 8601. */
  readonly since: string;
  /** The order that it's the caller's side of; empty if it's for none. */
  readonly requestId: string;
  /** This phone keeps it waiting, since it talks in another call. */
  readonly isWaiting: boolean;
}

export function keptCalls(): readonly KeptCall[] {
  try {
    const kept: unknown = JSON.parse(readSetting("calls") ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKeptCall) : [];
  } catch {
    return [];
  }
}

export function keepCall(call: KeptCall): void {
  write([...keptCalls().filter(({ sipCallId }) => sipCallId !== call.sipCallId), call]);
}

export function forgetCall(sipCallId: string): void {
  write(keptCalls().filter((call) => call.sipCallId !== sipCallId));
}

const write = (calls: readonly KeptCall[]) =>
  writeSetting("calls", calls.length === 0 ? "" : JSON.stringify(calls));

function isKeptCall(value: unknown): value is KeptCall {
  if (typeof value !== "object" || value === null) return false;
  const texts = ["device", "from", "sipCallId", "ownTag", "otherTag", "target", "since", "requestId"];
  return (
    texts.every((name) => typeof Reflect.get(value, name) === "string") &&
    typeof Reflect.get(value, "isWaiting") === "boolean"
  );
}
