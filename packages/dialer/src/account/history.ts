import type { Client, PastCall } from "sipgate-call";
import { formatNumber } from "../numbers/describe-number.js";
import type { WirePastCall } from "../wire/wire.js";

export async function readHistory(client: Client, limit: number): Promise<WirePastCall[]> {
  const calls: WirePastCall[] = [];
  for await (const call of client.history({ limit })) calls.push(pastCallOf(call));
  return calls;
}

function pastCallOf({ callId, source, target, direction, startedAt, end }: PastCall): WirePastCall {
  const incoming = direction?.includes("INCOMING") ?? false;
  const number = incoming ? source : target;
  return { callId, number, formatted: formatNumber(number ?? ""), incoming, startedAt, end };
}
