// Searches for a call whose response was lost: was it placed after all?
import type { CheckedCallRequest } from "../call-request.js";
import type { Clock } from "../clock.js";
import { CallError, type CallErrorCode, type CallSearch } from "../errors.js";
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
  readonly sent: Sent;
}

/** When the request was sent: the monotonic clock may stand still while the machine sleeps, and the other may be set. */
export interface Sent {
  /** By `monotonicMs` of the clock. */
  readonly atMonotonicMs: number;
  /** By `now` of the clock, in milliseconds since 1970. */
  readonly atWallMs: number;
}

/** Milliseconds that a call may have begun before its request was sent: records have whole seconds. */
const TOLERANCE_MS = 2_000;
/** Milliseconds after its request was sent within which a call begins. One that began later may be any other. */
const BEGINS_WITHIN_MS = 15_000;
/** Milliseconds that a timer may be late, as on a busy machine. */
const LATE_MS = 10_000;
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
    const left = call.sent.atMonotonicMs + searchForMs - clock.monotonicMs();
    if (!("looksAgain" in seen) || left <= 0 || signal?.aborted) return seen.search;
    const nextAt = elapsedSince(call.sent, clock).longest + delay;
    await wait(clock, Math.min(delay, left), signal);
    // The machine slept: what runs now may be any call.
    if (elapsedSince(call.sent, clock).longest > nextAt + LATE_MS) earlier.isKnown = false;
  }
}

/** Which running calls were seen before the call searched for can have been connected. */
interface RunningBefore {
  /** Whether the list could be read then. */
  isKnown: boolean;
  /** The calls that it held. */
  readonly listed: Set<string>;
}

/** What one look has shown, and whether another may show more. */
type Look = { readonly search: CallSearch } | { readonly search: CallSearch; readonly looksAgain: true };

/** Minimum number of milliseconds between the request and two phones being answered. */
const SOONEST_CONNECTED_MS = 1_000;

async function look(
  clock: Clock,
  lookup: CallLookup,
  call: SearchedCall,
  before: RunningBefore,
  options: RequestOptions,
): Promise<Look> {
  const asked = elapsedSince(call.sent, clock);
  const [running, recent] = await Promise.allSettled([lookup.running(options), lookup.recent(options)]);
  if (running.status === "rejected" && recent.status === "rejected")
    return { search: HIDDEN, ...([running, recent].some(mayPass) && LOOK_AGAIN) };
  const answered = elapsedSince(call.sent, clock);
  const live = running.status === "fulfilled" ? running.value.filter((one) => isWith(one, call)) : [];
  if (running.status === "fulfilled" && answered.longest < SOONEST_CONNECTED_MS) {
    before.isKnown = true;
    for (const { callId } of live) before.listed.add(callId);
  }
  const since = live.filter(({ callId }) => !before.listed.has(callId));
  if (since.length > 0) {
    const doubt = answered.isCertain ? TOO_LATE_TO_TELL : CLOCKS_DISAGREE;
    return { search: foundAmong(since, before.isKnown && answered.isCertain, "is running", doubt) };
  }
  const doubt = live.length > 0 ? RAN_BEFORE : "";
  if (recent.status === "rejected") return { search: notSeen(HALF_SEEN + doubt), ...LOOK_AGAIN };
  // Only this machine's clocks tell how long ago the request was sent. Only the other tells when that was.
  const now = recent.value.now ?? clock.now().getTime();
  const ended = recent.value.calls.filter(
    (one) =>
      isTo(one.target, call) &&
      startOf(one) >= now - asked.longest - TOLERANCE_MS &&
      !before.listed.has(one.callId ?? ""),
  );
  if (ended.length > 0) return { search: endedAmong(ended, call, now, asked) };
  return { search: notSeen(running.status === "rejected" ? HALF_SEEN : doubt), ...LOOK_AGAIN };
}

const LOOK_AGAIN = { looksAgain: true } as const;

/** Failures that may be over at the next look. A token that may not read something never may. */
const PASSING: ReadonlySet<CallErrorCode> = new Set(["network", "timeout", "server-error", "rate-limited"]);

function mayPass(failed: PromiseSettledResult<unknown>): boolean {
  if (failed.status !== "rejected") return false;
  return failed.reason instanceof CallError && PASSING.has(failed.reason.code);
}

/** Milliseconds since the request was sent. */
interface Elapsed {
  /** By either clock: the shorter and the longer of the two. */
  readonly shortest: number;
  readonly longest: number;
  /** Whether both clocks tell the same. */
  readonly isCertain: boolean;
}

function elapsedSince({ atMonotonicMs, atWallMs }: Sent, clock: Clock): Elapsed {
  const either = [clock.monotonicMs() - atMonotonicMs, clock.now().getTime() - atWallMs];
  const [shortest, longest] = [Math.min(...either), Math.max(...either)];
  return { shortest, longest, isCertain: longest - shortest <= TOLERANCE_MS };
}

function endedAmong(
  ended: readonly RecentCall[],
  { request }: SearchedCall,
  now: number,
  { shortest, isCertain }: Elapsed,
): CallSearch {
  if (!ended.every((one) => startOf(one) <= now - shortest + BEGINS_WITHIN_MS))
    return foundAmong(ended, false, "has ended", ", but began later than this one can have");
  if (!isCertain) return foundAmong(ended, false, "has ended", CLOCKS_DISAGREE);
  return foundAmong(
    ended,
    ended.every(isFrom(request)),
    "began in those seconds and has ended",
    ", but from another device",
  );
}

const CLOCKS_DISAGREE =
  ", but when this one was sent isn't certain: this machine slept meanwhile, or its clock was set";
const TOO_LATE_TO_TELL = ", but may have begun before the request, or long after it";

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
