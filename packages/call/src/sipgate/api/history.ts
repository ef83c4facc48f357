// Calls of the past: classic's history, and the events of neo's channels.
import type { HistoryQuery, PastCall, Platform, RequestOptions } from "../../call/telephony.js";
import { readChannels } from "./account.js";
import type { ApiClient } from "./api-client.js";
import { decodePastEvents, readChannelEvents } from "./channel-events.js";
import { decodePastCalls } from "./wire.js";

// sipgate allows 1,000 (its OpenAPI document). Pages are read one after the other, so that any number of entries takes
// the memory of one.
const PAGE_SIZE = 500;

/** Calls of the past, newest first as sipgate gives them; on neo channel by channel. */
export async function* readHistory(
  api: ApiClient,
  platform: Platform | undefined,
  query: HistoryQuery,
  options?: RequestOptions,
): AsyncGenerator<PastCall, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY } = query;
  if (limit === 0) return;
  let given = 0;
  const calls = platform === "neo" ? eventsOfChannels(api, query, options) : entries(api, query, options);
  for await (const call of calls) {
    yield call;
    given += 1;
    if (given >= limit) return; // Before another page is asked for.
  }
}

async function* entries(
  api: ApiClient,
  query: HistoryQuery,
  options?: RequestOptions,
): AsyncGenerator<PastCall> {
  const size = Math.max(1, Math.min(PAGE_SIZE, query.limit ?? PAGE_SIZE));
  for (let offset = 0; ; offset += size) {
    const path = `/history?${filters(query)}&limit=${size}&offset=${offset}`;
    const request = { method: "GET", path, purpose: "show the call history", scope: "history:read" } as const;
    const page = await api.read(request, decodePastCalls, options);
    yield* page;
    if (page.length < size) return;
  }
}

function filters({ from, to, number }: HistoryQuery): string {
  const parameters = new URLSearchParams({ types: "CALL" });
  if (from !== undefined) parameters.set("from", new Date(from).toISOString());
  if (to !== undefined) parameters.set("to", new Date(to).toISOString());
  if (number !== undefined) parameters.set("phonenumber", number);
  return parameters.toString();
}

/** Whether sipgate filters events isn't known, so that it's done here; an event that doesn't say is let through. */
async function* eventsOfChannels(
  api: ApiClient,
  query: HistoryQuery,
  options?: RequestOptions,
): AsyncGenerator<PastCall> {
  for (const { id } of await readChannels(api, options)) {
    const calls = await readChannelEvents(api, id, decodePastEvents, options);
    yield* calls.filter((call) => fits(call, query));
  }
}

function fits({ startedAt, source, target }: PastCall, { from, to, number }: HistoryQuery): boolean {
  const started = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  if (from !== undefined && started < new Date(from).getTime()) return false;
  if (to !== undefined && started > new Date(to).getTime()) return false;
  return number === undefined || source === number || target === number;
}
