// What sipgate has recorded about calls: on classic in its history, on neo in the events of each channel.
import type { CallRecord } from "../../call/end-cause.js";
import type { CheckedHistoryQuery } from "../../call/history-query.js";
import type { PastCall, Platform, RecordQuery, RequestOptions } from "../../call/telephony.js";
import { type Json, list } from "../http/json.js";
import { readChannels } from "./account.js";
import type { ApiClient } from "./api-client.js";
import { decodeChannelEvents, decodePastEvents, eventsIn } from "./channel-events.js";
import { type Page, pagesOf } from "./log-pages.js";
import { decodePastCalls, decodeRecords } from "./wire.js";

/** What is made of a record from either source. */
interface Decoders<T> {
  readonly ofHistory: (answer: Json) => T[];
  readonly ofEvents: (answer: Json) => T[];
}

const PAST_CALLS: Decoders<PastCall> = { ofHistory: decodePastCalls, ofEvents: decodePastEvents };
const RECORDS: Decoders<CallRecord> = { ofHistory: decodeRecords, ofEvents: decodeChannelEvents };

// A page of the history holds 1,000 entries at most (sipgate's OpenAPI document).
const MOST_ENTRIES = 1_000;
// Other calls of the account come between ours, so more are read than are looked for.
const FEWEST_ENTRIES = 50;
// A channel's events are read over and over again, so a server with tiny pages isn't asked for all of them.
const MOST_EVENT_PAGES = 10;
// Pages are read one after the other, so any number of entries takes the memory of one page.
const PAGE_SIZE = 500;

/** How the latest calls have ended. */
export async function readRecords(
  api: ApiClient,
  platform: Platform | undefined,
  { channelIds, atMost }: RecordQuery,
  options?: RequestOptions,
): Promise<CallRecord[]> {
  const limit = Math.min(MOST_ENTRIES, Math.max(FEWEST_ENTRIES, 2 * atMost));
  return (await readLatest(api, platform, { limit, channelIds }, RECORDS, options)).items;
}

/** The calls that began last: newest first, as sipgate lists them, on neo for each channel. */
export function readRecentCalls(
  api: ApiClient,
  platform: Platform | undefined,
  options?: RequestOptions,
): Promise<Pick<Page<PastCall>, "items" | "now">> {
  return readLatest(api, platform, { limit: FEWEST_ENTRIES }, PAST_CALLS, options);
}

/** Calls of the past, newest first as sipgate gives them; on neo channel by channel. */
export async function* readHistory(
  api: ApiClient,
  platform: Platform | undefined,
  query: CheckedHistoryQuery,
  options?: RequestOptions,
): AsyncGenerator<PastCall, void, undefined> {
  const { limit } = query;
  if (limit === 0) return;
  let given = 0;
  const calls = platform === "neo" ? eventsOfChannels(api, query, options) : entries(api, query, options);
  for await (const call of calls) {
    yield call;
    given += 1;
    if (given >= limit) return; // Before another page is asked for.
  }
}

/** @param channelIds on neo, whose events are read. Default: all channels' */
async function readLatest<T>(
  api: ApiClient,
  platform: Platform | undefined,
  { limit, channelIds }: { readonly limit: number; readonly channelIds?: readonly string[] | undefined },
  decode: Decoders<T>,
  options?: RequestOptions,
): Promise<Pick<Page<T>, "items" | "now">> {
  if (platform !== "neo")
    return readPage(api, new URLSearchParams({ limit: String(limit) }), decode, options);
  const ids = channelIds ?? (await readChannels(api, options)).map(({ id }) => id);
  const parts = await Promise.all(ids.map((id) => readLatestEvents(api, id, limit, decode, options)));
  return { items: parts.flatMap(({ items }) => items), now: parts[0]?.now };
}

/** A channel's latest events: `limit` of them, or somewhat more. */
async function readLatestEvents<T>(
  api: ApiClient,
  channelId: string,
  limit: number,
  decode: Decoders<T>,
  options?: RequestOptions,
): Promise<Pick<Page<T>, "items" | "now">> {
  const items: T[] = [];
  let now: number | undefined;
  let [count, pages] = [0, 0];
  const read = (offset: number) =>
    readEvents(api, channelId, { offset, limit: limit - offset }, decode, options);
  for await (const page of pagesOf({ read })) {
    items.push(...page.items);
    now ??= page.now;
    count += page.count;
    pages += 1;
    if (count >= limit || pages >= MOST_EVENT_PAGES) break;
  }
  return { items, now };
}

type Filters = Omit<CheckedHistoryQuery, "limit">;

async function* entries(
  api: ApiClient,
  { limit, ...query }: CheckedHistoryQuery,
  options?: RequestOptions,
): AsyncGenerator<PastCall> {
  const size = Math.max(1, Math.min(PAGE_SIZE, limit));
  const read = (offset: number) => {
    const parameters = filters(query);
    parameters.set("limit", String(size));
    parameters.set("offset", String(offset));
    return readPage(api, parameters, PAST_CALLS, options);
  };
  // If it isn't said how many there are, a page with fewer than were asked for is the last.
  yield* callsOf(pagesOf({ read, isLast: ({ count }) => count < size }));
}

/** Calls that begin meanwhile push older ones to the next page, which would list them a second time. */
async function* callsOf(pages: AsyncIterable<Page<PastCall>>): AsyncGenerator<PastCall> {
  let known: ReadonlySet<string> = new Set();
  for await (const { items } of pages) {
    const keys = items.map(keyOf);
    yield* items.filter((_, index) => !known.has(keys[index] ?? ""));
    known = new Set(keys);
  }
}

const keyOf = (call: PastCall) => call.callId ?? JSON.stringify(call);

function filters({ from, to, number }: Filters): URLSearchParams {
  const parameters = new URLSearchParams();
  if (from !== undefined) parameters.set("from", from.toISOString());
  if (to !== undefined) parameters.set("to", to.toISOString());
  if (number !== undefined) parameters.set("phonenumber", number);
  return parameters;
}

/** Whether sipgate filters events isn't known, so it's done here; events that don't say are let through. */
async function* eventsOfChannels(
  api: ApiClient,
  query: Filters,
  options?: RequestOptions,
): AsyncGenerator<PastCall> {
  for (const { id } of await readChannels(api, options)) {
    const read = (offset: number) => readEvents(api, id, { offset, limit: PAGE_SIZE }, PAST_CALLS, options);
    for await (const call of callsOf(pagesOf({ read }))) if (fits(call, query)) yield call;
  }
}

function fits({ startedAt, source, target }: PastCall, { from, to, number }: Filters): boolean {
  const started = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  if (from !== undefined && started < from.getTime()) return false;
  if (to !== undefined && started > to.getTime()) return false;
  return number === undefined || source === number || target === number;
}

function readPage<T>(
  api: ApiClient,
  parameters: URLSearchParams,
  { ofHistory }: Decoders<T>,
  options?: RequestOptions,
): Promise<Page<T>> {
  const request = {
    method: "GET",
    path: `/history?types=CALL&${parameters}`,
    purpose: "show the call history",
    scope: "history:read",
  } as const;
  return api.read(
    request,
    (answer, { date }) => pageOf(answer, ofHistory(answer), list(answer, "items"), date),
    options,
  );
}

/** The first page as it comes; what isn't known is how many events it holds. */
function readEvents<T>(
  api: ApiClient,
  channelId: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  { ofEvents }: Decoders<T>,
  options?: RequestOptions,
): Promise<Page<T>> {
  const request = {
    method: "GET",
    path: `/channels/${encodeURIComponent(channelId)}/events${offset === 0 ? "" : `?offset=${offset}&limit=${limit}`}`,
    purpose: "show the channel's events",
    scope: "channels:read",
  } as const;
  return api.read(
    request,
    (answer, { date }) => pageOf(answer, ofEvents(answer), eventsIn(answer), date),
    options,
  );
}

function pageOf<T>(
  { totalCount }: Json,
  items: T[],
  entries: readonly unknown[],
  date: string | undefined,
): Page<T> {
  const now = Date.parse(date ?? "");
  return {
    items,
    count: entries.length,
    first: JSON.stringify(entries[0]),
    total: Number.isSafeInteger(totalCount) ? Number(totalCount) : undefined,
    now: Number.isNaN(now) ? undefined : now,
  };
}
