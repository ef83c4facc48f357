// Searches for a call whose response was lost: was it placed after all?
import type { CheckedCallRequest } from "../call-request.js";
import type { Clock } from "../clock.js";
import type { CallSearch } from "../errors.js";
import type { PastCall, PlaceOptions, RequestOptions, RunningCall } from "../telephony.js";
import { wait } from "../wait.js";

/** A past call: only what is needed to recognise it. */
export type RecentCall = Pick<PastCall, "callId" | "target" | "startedAt" | "extensions">;

/** Lists the calls that can be seen. Both methods may throw a `CallError`. */
export interface CallLookup {
  running(options: RequestOptions): Promise<readonly RunningCall[]>;
  /**
   * The latest calls that have ended, and the time by the telephone system's clock, in milliseconds since
   * 1970; undefined if it doesn't tell.
   */
  recent(
    options: RequestOptions,
  ): Promise<{ readonly calls: readonly RecentCall[]; readonly now: number | undefined }>;
}

export interface SearchedCall {
  readonly request: CheckedCallRequest;
  /** When the request was sent, by `monotonicMs` of the clock. */
  readonly sentAt: number;
}

/** Milliseconds that a call may have begun before its request was sent: records have whole seconds. */
const TOLERANCE_MS = 2_000;
/** Milliseconds after its request was sent within which a call begins. One that began later may be any other. */
const BEGINS_WITHIN_MS = 15_000;
const FIRST_WAIT_MS = 500;
const DEFAULT_SEARCH_MS = 15_000;

/** What searching for a call shows; undefined if that isn't wanted, or was given up. */
export async function searchIfWanted(
  clock: Clock,
  lookup: CallLookup,
  call: SearchedCall,
  { signal, onSearch, searchForMs = DEFAULT_SEARCH_MS }: PlaceOptions,
): Promise<CallSearch | undefined> {
  if (searchForMs === 0 || signal?.aborted) return undefined;
  try {
    onSearch?.();
  } catch {
    // An error in the callback must not prevent reporting what became of the call.
  }
  return searchCall(clock, lookup, call, searchForMs, { signal });
}

/** Searches running and ended calls for a call until it's found or the time is over. */
async function searchCall(
  clock: Clock,
  lookup: CallLookup,
  call: SearchedCall,
  searchForMs: number,
  { signal }: RequestOptions = {},
): Promise<CallSearch> {
  const earlier: RunningBefore = { isKnown: false, listed: new Set() };
  for (let delay = FIRST_WAIT_MS; ; delay *= 2) {
    const seen = await look(clock, lookup, call, earlier, { signal });
    const left = call.sentAt + searchForMs - clock.monotonicMs();
    if (seen.found !== "not-seen" || left <= 0 || signal?.aborted) return seen;
    await wait(clock, Math.min(delay, left), signal);
  }
}

/** Which running calls were seen before the call searched for can have been connected. */
interface RunningBefore {
  /** Whether the list could be read then. */
  isKnown: boolean;
  /** The calls that it held. */
  readonly listed: Set<string>;
}

/** Minimum number of milliseconds between the request and two phones being answered. */
const SOONEST_CONNECTED_MS = 1_000;

async function look(
  clock: Clock,
  lookup: CallLookup,
  call: SearchedCall,
  before: RunningBefore,
  options: RequestOptions,
): Promise<CallSearch> {
  const elapsed = clock.monotonicMs() - call.sentAt;
  const [running, recent] = await Promise.allSettled([lookup.running(options), lookup.recent(options)]);
  if (running.status === "rejected" && recent.status === "rejected") return HIDDEN;
  const live = running.status === "fulfilled" ? running.value.filter((one) => isWith(one, call)) : [];
  if (running.status === "fulfilled" && clock.monotonicMs() - call.sentAt < SOONEST_CONNECTED_MS) {
    before.isKnown = true;
    for (const { callId } of live) before.listed.add(callId);
  }
  const since = live.filter(({ callId }) => !before.listed.has(callId));
  if (since.length > 0) return foundAmong(since, before.isKnown, "is running", TOO_LATE_TO_TELL);
  const doubt = live.length > 0 ? RAN_BEFORE : "";
  if (recent.status === "rejected") return notSeen(HALF_SEEN + doubt);
  // Only this machine's clock tells how long ago the request was sent. Only the other tells when that was.
  const now = recent.value.now ?? clock.now().getTime();
  const sentAt = now - elapsed;
  const ended = recent.value.calls.filter(
    (one) =>
      isTo(one.target, call) && startOf(one) >= sentAt - TOLERANCE_MS && !before.listed.has(one.callId ?? ""),
  );
  if (ended.length > 0) {
    const isInTime = ended.every((one) => startOf(one) <= sentAt + BEGINS_WITHIN_MS);
    if (!isInTime) return foundAmong(ended, false, "has ended", ", but began later than this one can have");
    const byDevice = ended.every(isFrom(call.request));
    return foundAmong(ended, byDevice, "began in those seconds and has ended", ", but from another device");
  }
  return notSeen(running.status === "rejected" ? HALF_SEEN : doubt);
}

const TOO_LATE_TO_TELL = ", and may have been before the order";

/**
 * @param isLikely whether nothing speaks against a single match
 * @param doubt what speaks against it
 */
function foundAmong(
  calls: readonly { readonly callId: string | undefined }[],
  isLikely: boolean,
  what: string,
  doubt: string,
): CallSearch {
  const isOne = calls.length === 1;
  const others = isOne ? (isLikely ? "" : doubt) : `, and so are ${calls.length - 1} more`;
  return {
    found: isOne && isLikely ? "likely" : "possible",
    callId: isOne ? calls[0]?.callId : undefined,
    summary: `A call to this number ${what}${others}. ${isOne && isLikely ? "Most likely it's this one: it was placed." : "It may be this one."}`,
  };
}

const RAN_BEFORE = " Another call to this number was running before.";
const HALF_SEEN = " Half of it can't be looked at: calls that are running, or calls that have ended.";
const HIDDEN: CallSearch = {
  found: "hidden",
  callId: undefined,
  summary: "Whether it was placed can't be seen: neither the running calls nor the ended ones can be read.",
};

function notSeen(doubt: string): CallSearch {
  const summary = `No such call is running or has ended so far; a phone that still rings can't be seen.${doubt}`;
  return { found: "not-seen", callId: undefined, summary };
}

function isWith(call: RunningCall, { request }: SearchedCall): boolean {
  return call.participants.some(
    ({ phoneNumber, owner }) => !owner && digitsOf(phoneNumber) === digitsOf(request.callee),
  );
}

function isTo(target: string | undefined, { request }: SearchedCall): boolean {
  return target !== undefined && digitsOf(target) === digitsOf(request.callee);
}

function isFrom({ caller, deviceId }: CheckedCallRequest) {
  return ({ extensions }: { readonly extensions?: readonly string[] }) =>
    extensions === undefined ||
    extensions.length === 0 ||
    extensions.some((extension) => extension === caller || extension === deviceId);
}

function startOf({ startedAt }: RecentCall): number {
  return startedAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(startedAt);
}

function digitsOf(number: string): string {
  return number.replaceAll(/\D/g, "");
}
