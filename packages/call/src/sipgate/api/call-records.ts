// How calls have ended: classic's history, and the events of neo's channels.
import type { CallRecord } from "../../call/end-cause.js";
import type { Platform, RecordQuery, RequestOptions } from "../../call/telephony.js";
import type { ApiClient } from "./api-client.js";
import { decodeChannelEvents, readChannelEvents } from "./channel-events.js";
import { decodeRecords } from "./wire.js";

// A page of the history holds 1,000 entries at most (sipgate's OpenAPI document). Other calls of the account come
// between ours, so more are read than are looked for.
const MOST_ENTRIES = 1_000;
const FEWEST_ENTRIES = 50;

/** The latest calls that have ended. Classic has them in its history, neo in the events of each channel. */
export async function readRecords(
  api: ApiClient,
  platform: Platform | undefined,
  { channelIds, atMost }: RecordQuery,
  options?: RequestOptions,
): Promise<CallRecord[]> {
  if (platform !== "neo") {
    const limit = Math.min(MOST_ENTRIES, Math.max(FEWEST_ENTRIES, 2 * atMost));
    const path = `/history?types=CALL&limit=${limit}`;
    const request = { method: "GET", path, purpose: "show the call history", scope: "history:read" } as const;
    return api.read(request, decodeRecords, options);
  }
  const lists = await Promise.all(
    channelIds.map((id) => readChannelEvents(api, id, decodeChannelEvents, options)),
  );
  return lists.flat();
}
