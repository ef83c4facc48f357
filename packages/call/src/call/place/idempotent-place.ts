// Placing a call at most once under a key, whoever asks for it and however often.
import type { CheckedCallRequest } from "../call-request.js";
import { type Clock, momentOf, outside } from "../clock.js";
import { CallError, type CallSearch } from "../errors.js";
import type { PlacedCall, PlaceOptions, RequestOptions } from "../telephony.js";
import { wait } from "../wait.js";
import { checkedKey, noStore, usedForAnother } from "./idempotency-key.js";
import type { IdempotencyRecord, IdempotencyState, IdempotencyStore } from "./idempotency-store.js";
import { type Placing, placeCall } from "./place-call.js";
import { searchIfWanted } from "./search-call.js";

/** Under which key a call is placed. */
export interface PlacementKey {
  /** As the application gave it. */
  readonly key: unknown;
  /** Where it counts: the same key at another place, such as a sandbox, is another one. */
  readonly place: string;
  /** Milliseconds that the request itself may take. */
  readonly timeout: number;
}

/** Milliseconds that whoever is at it may need beside the request itself: to find the platform, to read channels. */
const MARGIN_MS = 10_000;

/**
 * Places a call under a key: at most once for all requests with that key, in all processes that share the store.
 *
 * @throws InvalidRequestError for a key that can't be used, or was used for another request
 * @throws CallError with `placed: "unknown"` where an earlier attempt was cut off while it was sending
 */
export async function placeUnderKey(
  store: IdempotencyStore | undefined,
  placing: Placing,
  request: CheckedCallRequest,
  { key, place, timeout }: PlacementKey,
  options: PlaceOptions = {},
): Promise<PlacedCall> {
  const checked = checkedKey(key);
  if (store === undefined) throw noStore();
  const { clock, lookup } = placing;
  const placement = {
    clock,
    key: `${place}\n${checked}`,
    request: await outside(clock, digest(JSON.stringify(request))),
    waitMs: timeout + MARGIN_MS,
    place: (beforeSending: () => Promise<void>) => placeCall(placing, request, { ...options, beforeSending }),
    search: (sentAt: number) =>
      searchIfWanted(clock, lookup, { request, sentAt: momentOf(clock, sentAt) }, options),
  };
  return placeOnce(waitedFor(store, clock), placement, options);
}

/** Digests alone are handed to the store: a request holds phone numbers. */
async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A store whose work is known to the clock. */
function waitedFor(store: IdempotencyStore, clock: Clock): IdempotencyStore {
  return {
    latest: (key) => outside(clock, store.latest(key)),
    begin: (key, attempt, request) => outside(clock, store.begin(key, attempt, request)),
    update: (key, record, state) => outside(clock, store.update(key, record, state)),
    isAlive: (record) => outside(clock, store.isAlive(record)),
  };
}

interface Placement {
  readonly clock: Clock;
  readonly key: string;
  /** What is asked for, as text that's equal for equal requests. */
  readonly request: string;
  /** Milliseconds to wait for somebody else who is at it. */
  readonly waitMs: number;
  /** Places the call; awaits `beforeSending` right before the request that rings phones. */
  place(beforeSending: () => Promise<void>): Promise<PlacedCall>;
  /** Looks for a call of this request that was sent at this time, of which nothing more is known. */
  search(sentAt: number): Promise<CallSearch | undefined>;
}

const POLL_MS = 50; // Milliseconds.

/** Places a call, unless it was placed under this key before; that call is answered then. */
async function placeOnce(
  store: IdempotencyStore,
  placement: Placement,
  { signal }: RequestOptions,
): Promise<PlacedCall> {
  const { clock } = placement;
  const until = clock.monotonicMs() + placement.waitMs;
  for (;;) {
    const latest = await stored(store.latest(placement.key));
    if (await isFree(store, latest)) {
      const mine = await stored(store.begin(placement.key, (latest?.attempt ?? 0) + 1, placement.request));
      if (mine !== undefined) return carryOut(store, mine, placement);
    } else if (latest !== undefined) {
      const settled = await settledBy(store, latest, placement);
      if (settled !== undefined) return settled;
      if (signal?.aborted) throw givenUp();
      if (clock.monotonicMs() > until) throw stillBusy();
      await wait(clock, POLL_MS, signal);
    }
  }
}

/** Whether surely nothing was dialled under the key, and nobody is about to. */
async function isFree(store: IdempotencyStore, latest: IdempotencyRecord | undefined): Promise<boolean> {
  if (latest === undefined || latest.state.kind === "refused") return true;
  return latest.state.kind === "begun" && !(await store.isAlive(latest));
}

/** What an attempt by somebody else came to; undefined while it's under way. */
async function settledBy(
  store: IdempotencyStore,
  latest: IdempotencyRecord,
  { key, request, search }: Placement,
): Promise<PlacedCall | undefined> {
  if (latest.request !== request) throw usedForAnother();
  const { state } = latest;
  if (state.kind === "placed") return { ...state.call, repeated: true };
  if (state.kind === "unknown") throw cutOff(await search(state.at));
  if (state.kind === "begun" || (await store.isAlive(latest))) return undefined;
  // It may have ended properly between the two looks.
  const now = await stored(store.latest(key));
  if (now?.state.kind === "sending") throw cutOff(await search(now.state.at));
  return undefined;
}

async function carryOut(
  store: IdempotencyStore,
  mine: IdempotencyRecord,
  placement: Placement,
): Promise<PlacedCall> {
  const note = (state: IdempotencyState) => store.update(placement.key, mine, state);
  let call: PlacedCall;
  let at = placement.clock.now().getTime();
  const beforeSending = () => {
    at = placement.clock.now().getTime();
    return stored(note({ kind: "sending", at }));
  };
  try {
    call = await placement.place(beforeSending);
  } catch (error) {
    // What can't be noted stays as it is: `begun` may be taken over, `sending` counts as unknown.
    const isRefused = error instanceof CallError && error.placed === "no";
    await note(isRefused ? { kind: "refused" } : { kind: "unknown", at }).catch(() => {});
    throw error;
  }
  try {
    await note({ kind: "placed", call });
    return call;
  } catch {
    const warning = "The call couldn't be noted under its key, so that the key can't find it later.";
    return { ...call, warnings: [...call.warnings, warning] };
  }
}

/** @throws CallError where the store fails: this process has dialled nothing then */
async function stored<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const why = error instanceof Error ? ` ${error.message}` : "";
    throw new CallError("store-failed", `What became of this key can't be read or noted.${why}`, {
      remedy: "Mend that and ask again with the same key, or look into the call history.",
      placed: "no",
      cause: error,
    });
  }
}

function cutOff(search: CallSearch | undefined): CallError {
  return new CallError("outcome-unknown", "An earlier attempt with this key was cut off while it was sent.", {
    remedy:
      "Look at your phone and at the call history (sipgate-call history). If no call was placed, take a new key.",
    placed: "unknown",
    search,
  });
}

function stillBusy(): CallError {
  return new CallError("outcome-unknown", "Another attempt with this key is still under way.", {
    remedy: "Ask again with the same key later.",
    placed: "unknown",
  });
}

function givenUp(): CallError {
  return new CallError("aborted", "Waiting for another attempt with this key was given up.", {
    remedy: "Ask again with the same key later.",
    placed: "unknown",
  });
}
