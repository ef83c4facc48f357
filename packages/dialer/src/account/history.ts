import type { Client, PastCall } from "sipgate-call";
import { formatNumber } from "../numbers/describe-number.js";
import type { WireHistory, WirePastCall } from "../wire/wire.js";

/** @param limit how many, the newest first */
export async function readHistory(client: Client, limit: number): Promise<WireHistory> {
  const calls: WirePastCall[] = [];
  for await (const call of client.history({ limit })) calls.push(pastCallOf(call));
  return { calls, isAll: calls.length < limit };
}

function pastCallOf({ callId, source, target, direction, startedAt, end }: PastCall): WirePastCall {
  const incoming = direction?.includes("INCOMING") ?? false;
  const number = incoming ? source : target;
  return { callId, number, formatted: formatNumber(number ?? ""), incoming, startedAt, end };
}
