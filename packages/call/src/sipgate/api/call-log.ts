// What sipgate has recorded about calls: on classic in its history, on neo in the events of each channel.
import type { CallRecord } from "../../call/end-cause.js";
import { CallError } from "../../call/errors.js";
import type { CheckedHistoryQuery } from "../../call/history-query.js";
import type { PastCall, Platform, RecordQuery, RequestOptions } from "../../call/telephony.js";
import { readChannels } from "./account.js";
import type { ApiClient } from "./api-client.js";
import { decodeChannelEvents, decodePastEvents } from "./channel-events.js";
import { decodePastCalls, decodeRecords } from "./wire.js";

type Json = Readonly<Record<string, unknown>>;

/** What is made of a record from either source. */
interface Decoders<T> {
  readonly ofHistory: (answer: Json) => T[];
  readonly ofEvents: (answer: Json) => T[];
}

const PAST_CALLS: Decoders<PastCall> = { ofHistory: decodePastCalls, ofEvents: decodePastEvents };
const RECORDS: Decoders<CallRecord> = { ofHistory: decodeRecords, ofEvents: decodeChannelEvents };

/** Records as they were read, and the time on sipgate's clock then. */
interface Part<T> {
  readonly items: T[];
  /** How many entries there are in all, if the response says so. */
  readonly total?: number;
  /** Milliseconds since 1970; undefined if the response didn't tell: browsers don't show that header. */
  readonly now: number | undefined;
}

// A page of the history holds 1,000 entries at most (sipgate's OpenAPI document).
const MOST_ENTRIES = 1_000;
// Other calls of the account come between ours, so more are read than are looked for.
const FEWEST_ENTRIES = 50;
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
): Promise<Part<PastCall>> {
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
): Promise<Part<T>> {
  if (platform !== "neo")
    return readPage(api, new URLSearchParams({ limit: String(limit) }), decode, options);
  const ids = channelIds ?? (await readChannels(api, options)).map(({ id }) => id);
  const parts = await Promise.all(ids.map((id) => readChannel(api, id, decode, options)));
  return { items: parts.flatMap(({ items }) => items), now: parts[0]?.now };
}

type Filters = Omit<CheckedHistoryQuery, "limit">;

async function* entries(
  api: ApiClient,
  { limit, ...query }: CheckedHistoryQuery,
  options?: RequestOptions,
): AsyncGenerator<PastCall> {
  const size = Math.max(1, Math.min(PAGE_SIZE, limit));
  let before: readonly string[] = [];
  for (let offset = 0; ; ) {
    const parameters = filters(query);
    parameters.set("limit", String(size));
    parameters.set("offset", String(offset));
    const { items, total } = await readPage(api, parameters, PAST_CALLS, options);
    const keys = items.map(keyOf);
    if (keys.length > 0 && keys[0] === before[0]) throw samePageAgain(offset);
    // Calls that begin meanwhile push older ones to the next page, which would list them a second time.
    const known = new Set(before);
    yield* items.filter((_, index) => !known.has(keys[index] ?? ""));
    before = keys;
    offset += items.length;
    // A server may give fewer than were asked for, and still have more.
    if (items.length === 0 || (total === undefined ? items.length < size : offset >= total)) return;
  }
}

const keyOf = (call: PastCall) => call.callId ?? JSON.stringify(call);

function samePageAgain(offset: number): CallError {
  const message = `The history is incomplete: sipgate gave its first entries again when asked for those after ${offset}.`;
  const remedy = "Ask for a shorter time by from and to.";
  return new CallError("unexpected-answer", message, { remedy, placed: "no" });
}

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
    const { items } = await readChannel(api, id, PAST_CALLS, options);
    yield* items.filter((call) => fits(call, query));
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
): Promise<Part<T>> {
  const request = {
    method: "GET",
    path: `/history?types=CALL&${parameters}`,
    purpose: "show the call history",
    scope: "history:read",
  } as const;
  return api.read(
    request,
    (answer, { date }) => ({ ...partOf(ofHistory(answer), date), ...totalOf(answer) }),
    options,
  );
}

function readChannel<T>(
  api: ApiClient,
  channelId: string,
  { ofEvents }: Decoders<T>,
  options?: RequestOptions,
): Promise<Part<T>> {
  const request = {
    method: "GET",
    path: `/channels/${encodeURIComponent(channelId)}/events`,
    purpose: "show the channel's events",
    scope: "channels:read",
  } as const;
  return api.read(request, (answer, { date }) => partOf(ofEvents(answer), date), options);
}

function totalOf({ totalCount }: Json): Pick<Part<never>, "total"> {
  return Number.isSafeInteger(totalCount) ? { total: Number(totalCount) } : {};
}

function partOf<T>(items: T[], date: string | undefined): Part<T> {
  const now = Date.parse(date ?? "");
  return { items, now: Number.isNaN(now) ? undefined : now };
}
