// Places a call at most once under a key, no matter who requests it and how often.
import type { CheckedCallRequest } from "../call-request.js";
import { type Clock, momentOf, outside } from "../clock.js";
import { CallError, type CallSearch, type Placed } from "../errors.js";
import type { PlacedCall, PlaceOptions, RequestOptions } from "../telephony.js";
import { wait } from "../wait.js";
import { webCrypto } from "../web-crypto.js";
import { Attempt, SILENT_MS } from "./attempt.js";
import { type CheckedStore, checkedStore } from "./checked-store.js";
import { checkedKey, noStore, usedForAnother } from "./idempotency-key.js";
import type { IdempotencyStore, StoredRecord } from "./idempotency-store.js";
import { type Placing, placeCall } from "./place-call.js";
import { searchIfWanted } from "./search-call.js";

/** The key under which a call is placed. */
export interface PlacementKey {
  /** As the application gave it. */
  readonly key: unknown;
  /**
   * Where the key is valid: the same key of another user, or on another system such as a sandbox, is a
   * different one.
   *
   * @throws CallError if that can't be told; nothing is dialled then
   */
  readonly scope: (options: RequestOptions) => Promise<string>;
  /** Milliseconds that the request itself may take. */
  readonly timeoutMs: number;
}

/** Milliseconds that the process may need besides the request: to find the platform, to read channels. */
const MARGIN_MS = 10_000;

/**
 * Places a call under a key: at most once for all requests with that key, in all processes that share the store.
 *
 * @throws InvalidRequestError for a key that can't be used, or was used for another request
 * @throws CallError with `placed: "unknown"` if an earlier attempt was cut off while it was sending
 */
export async function placeUnderKey(
  store: IdempotencyStore | undefined,
  placing: Placing,
  request: CheckedCallRequest,
  { key, scope, timeoutMs }: PlacementKey,
  options: PlaceOptions = {},
): Promise<PlacedCall> {
  const checked = checkedKey(key);
  if (store === undefined) throw noStore();
  const { clock, lookup } = placing;
  // The store gets only digests: a request holds phone numbers, and a key whatever the application chose.
  const [keyDigest, requestDigest] = await Promise.all([
    outside(clock, digest(`${await scope(options)}\n${checked}`)),
    outside(clock, digest(JSON.stringify(request))),
  ]);
  const placement = {
    clock,
    key: keyDigest,
    request: requestDigest,
    waitMs: timeoutMs + MARGIN_MS,
    place: (beforeSending: () => Promise<void>) => placeCall(placing, request, { ...options, beforeSending }),
    search(at: number) {
      const sent = { atMonotonicMs: momentOf(clock, at), atWallMs: at };
      return searchIfWanted(clock, lookup, { request, sent }, options);
    },
  };
  return placeOnce(store, placement, options);
}

async function digest(text: string): Promise<string> {
  const bytes = await webCrypto().subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface Placement {
  readonly clock: Clock;
  readonly key: string;
  /** The request as text; equal for equal requests. */
  readonly request: string;
  /** Milliseconds to wait for another process that is placing the call. */
  readonly waitMs: number;
  /** Places the call; awaits `beforeSending` right before the request that rings phones. */
  place(beforeSending: () => Promise<void>): Promise<PlacedCall>;
  /** Searches for a call of this request that was sent at this time and of which nothing more is known. */
  search(sentAt: number): Promise<CallSearch | undefined>;
}

/** Milliseconds between two checks of another process's attempt: doubled each time, up to the longest. */
const FIRST_POLL_MS = 50;
const LONGEST_POLL_MS = 1_000;

/** Places a call, unless it was placed under this key before; then it returns that call. */
async function placeOnce(
  untrusted: IdempotencyStore,
  placement: Placement,
  { signal }: RequestOptions,
): Promise<PlacedCall> {
  const { clock } = placement;
  const others = new Others(clock);
  const store = checkedStore(untrusted, placement.key, clock, () => others.placed);
  const until = clock.monotonicMs() + placement.waitMs;
  for (let delay = FIRST_POLL_MS; ; delay = Math.min(2 * delay, LONGEST_POLL_MS)) {
    const found = await store.read({ signal });
    others.note(found);
    const isFree = others.leaveItFree(found);
    const settled = isFree
      ? await attempt(store, found, placement, signal)
      : await settledBy(found, placement, others.areSilent);
    if (settled !== undefined) return settled;
    if (isFree) others.wereFaster();
    if (clock.monotonicMs() > until) throw stillBusy(others.placed);
    await wait(clock, delay, signal);
  }
}

/** What is seen of others who use the same key, by this process's own clock. */
class Others {
  readonly #clock: Clock;
  #seen = "";
  #since = 0;
  #wereSeen = false;
  /** Whether one of them may have dialled. */
  placed: Placed = "no";

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody else has the key, whatever was read before. */
  wereFaster(): void {
    this.#wereSeen = true;
    this.placed = "unknown";
  }

  note(found: StoredRecord | undefined): void {
    const isFree = found === undefined ? !this.#wereSeen : found.record.state.kind === "refused";
    this.placed = isFree ? "no" : "unknown";
    const seen = `${found?.record.owner} ${found?.version}`;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#since = this.#clock.monotonicMs();
  }

  /** Whether the process that is placing the call has sent no heartbeat for a while. */
  get areSilent(): boolean {
    return this.#clock.monotonicMs() - this.#since >= SILENT_MS;
  }

  /**
   * Whether surely nothing was dialled under the key, and nobody seems to be about to. A process that is
   * about to nevertheless is then too late.
   */
  leaveItFree(found: StoredRecord | undefined): boolean {
    const kind = found?.record.state.kind ?? "refused";
    return kind === "refused" || (kind === "begun" && this.areSilent);
  }
}

/** The outcome of another process's attempt; undefined while it's under way. */
async function settledBy(
  found: StoredRecord | undefined,
  { request, search }: Placement,
  isSilent: boolean,
): Promise<PlacedCall | undefined> {
  if (found === undefined) return undefined;
  const { state, request: other } = found.record;
  if (other !== request) throw usedForAnother();
  if (state.kind === "placed") return { ...state.call, repeated: true };
  if (state.kind === "unknown") throw cutOff(await search(state.at));
  if (state.kind === "sending" && isSilent) throw cutOff(await search(state.at));
  return undefined;
}

/** @returns undefined if somebody else was faster, or has taken over before anything was sent */
async function attempt(
  store: CheckedStore,
  found: StoredRecord | undefined,
  { clock, request, place }: Placement,
  signal: AbortSignal | undefined,
): Promise<PlacedCall | undefined> {
  const mine = await Attempt.begin(store, clock, request, found, signal);
  if (mine === undefined) return undefined;
  let call: PlacedCall;
  try {
    call = await place(() => mine.startSending());
  } catch (error) {
    if (mine.isTaken) return undefined;
    const isRefused = !mine.maySend || (error instanceof CallError && error.placed === "no");
    await mine.settle(isRefused ? "refused" : "unknown");
    throw error;
  }
  if (await mine.settle({ kind: "placed", call })) return call;
  const warning = "The call couldn't be noted under its key, so the key can't find it later.";
  return { ...call, warnings: [...call.warnings, warning] };
}

function cutOff(search: CallSearch | undefined): CallError {
  return new CallError("outcome-unknown", "An earlier attempt with this key was cut off while it was sent.", {
    remedy:
      "Look at your phone and at the call history (client.history()). If no call was placed, take a new key.",
    placed: "unknown",
    search,
  });
}

function stillBusy(placed: Placed): CallError {
  return new CallError("outcome-unknown", "Another attempt with this key is still under way.", {
    remedy: "Ask again with the same key later.",
    placed,
  });
}
