import type { CallRecord } from "./end-cause.js";
import { CallError, RateLimitedError } from "./errors.js";
import type { PushedEvent, PushInlet } from "./pushed-event.js";
import { RecentPushes } from "./recent-pushes.js";
import { Signs } from "./signs.js";
import type { RunningCall, Telephony } from "./telephony.js";

/** What one look at the telephone system shows of one call. */
export interface Look {
  readonly kind: "look";
  /** When it began, in milliseconds of this machine's clock: what happened since, it can't have seen. */
  readonly begunAt: number;
  /**
   * `one-party`: somebody is there, and it isn't certain who. `absent`: it isn't on the list. `hidden`: the list can't
   * be read. `not-read`: reading failed, perhaps in passing.
   */
  readonly running: "both-parties" | "caller-only" | "one-party" | "absent" | "hidden" | "not-read";
  /** What was recorded of its end. */
  readonly record: CallRecord | undefined;
  /** Whether records of ended calls can't be read. */
  readonly recordsHidden: boolean;
  /** What can't be seen and what would show it, as sentences. */
  readonly notes: readonly string[];
}

/** A sign of one call: a look, or something that was pushed. */
export type Sighting = Look | { readonly kind: "push"; readonly event: PushedEvent };

/** Looks after any number of calls with the same few requests. */
export interface Watcher {
  /** What is seen of a call, sign by sign, until whoever watches stops or `signal` aborts. */
  watch(callId: string, channelId: string | undefined, signal?: AbortSignal): AsyncIterable<Sighting>;
}

// Milliseconds between two looks: short at first, when phones ring, then longer.
const FIRST_WAIT = 500;
const LONGEST_WAIT = 5_000;
const GROWTH = 1.25;
/** How far looking into the past grows: by a factor of 2 to this power. */
const MOST_DOUBLINGS = 10;
/** Milliseconds that looking may fail before what it would show counts as hidden. */
const OUTAGE_BORNE = 120_000;
/** Milliseconds that sipgate may have us wait at most between two looks. */
const LONGEST_REST = 300_000;

type Source = Pick<Telephony, "calls" | "records">;
/** One half of a look: what was read, by the id of the call, or why it can't be. Neither: not needed, or failed. */
interface Part<T> {
  readonly found: ReadonlyMap<string, T> | undefined;
  readonly hidden: string | undefined;
  /** Milliseconds that sipgate wants to be left alone. */
  readonly rest: number;
}

/** Somebody who watches a call. */
interface Viewer {
  readonly callId: string;
  readonly channelId: string | undefined;
  wasListed: boolean;
  show(sighting: Sighting): void;
}

export class CallWatcher implements Watcher, PushInlet {
  readonly #running: Reader<RunningCall>;
  readonly #records: Reader<CallRecord>;
  readonly #viewers = new Set<Viewer>();
  readonly #pushed = new RecentPushes();
  #wait = FIRST_WAIT;
  /** Until when sipgate wants to be left alone, in milliseconds of this machine's clock. */
  #restUntil = 0;
  /** How many looks in a row lacked the end of a call that is over: the more, the longer ago it may stand. */
  #misses = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Ends the looking, and the request that's under way for it; undefined while nobody watches. */
  #looking: AbortController | undefined;
  #wake: (() => void) | undefined;
  #reschedule: (() => void) | undefined;

  constructor(source: Source) {
    this.#running = new Reader((signal) => source.calls({ signal }));
    this.#records = new Reader((signal) =>
      source.records(
        { channelIds: this.#channels(), atMost: this.#viewers.size * 2 ** this.#misses },
        { signal },
      ),
    );
  }

  /** Tells whoever watches the call, now or later: an event may come before the answer that names the call. */
  push(event: PushedEvent): void {
    this.#pushed.add(event);
    for (const viewer of this.#viewers) {
      if (viewer.callId === event.callId) viewer.show({ kind: "push", event });
      // A call that came of it may have changed it: a look tells.
      if (viewer.callId === event.callId || viewer.callId === event.origCallId) this.hurry();
    }
  }

  async *watch(
    callId: string,
    channelId: string | undefined,
    signal?: AbortSignal,
  ): AsyncGenerator<Sighting> {
    const shown = new Signs();
    for (const event of this.#pushed.of(callId)) shown.add({ kind: "push", event });
    const viewer: Viewer = { callId, channelId, wasListed: false, show: (sighting) => shown.add(sighting) };
    const stop = () => shown.end();
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
    this.#viewers.add(viewer);
    this.hurry();
    try {
      yield* shown.all();
    } finally {
      signal?.removeEventListener("abort", stop);
      this.#viewers.delete(viewer);
      if (this.#viewers.size === 0) this.#stop();
    }
  }

  /**
   * Looks soon, and then often again: something has happened, or will. Never more often than at first, so that many
   * calls that begin one after the other take no more requests than one.
   */
  hurry(): void {
    this.#wait = FIRST_WAIT;
    this.#reschedule?.();
    if (this.#looking !== undefined || this.#viewers.size === 0) return;
    this.#looking = new AbortController();
    void this.#lookUntil(this.#looking.signal);
  }

  #stop(): void {
    this.#looking?.abort();
    this.#looking = undefined;
    this.#wake?.();
  }

  async #lookUntil(stopped: AbortSignal): Promise<void> {
    for (;;) {
      await this.#pause();
      if (stopped.aborted) return;
      const begunAt = Date.now();
      this.#lookedAt = begunAt;
      const running = await this.#running.read(stopped);
      const records = this.#needsRecords(running.found) ? await this.#records.read(stopped) : NOT_NEEDED;
      if (stopped.aborted) return;
      this.#restUntil = Date.now() + Math.min(LONGEST_REST, Math.max(running.rest, records.rest));
      this.#countMisses(running.found, records.found);
      for (const viewer of [...this.#viewers]) viewer.show(lookAt(viewer.callId, begunAt, running, records));
    }
  }

  #pause(): Promise<void> {
    const wait = Math.max(this.#wait, this.#restUntil - Date.now());
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * GROWTH);
    return new Promise((resolve) => {
      let timer = setTimeout(resolve, wait);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#reschedule = () => {
        clearTimeout(timer);
        timer = setTimeout(resolve, Math.max(this.#lookedAt + FIRST_WAIT, this.#restUntil) - Date.now());
      };
    });
  }

  /** A long call stands far down in the history of a busy account, which is sorted by when calls began. */
  #countMisses(
    running: ReadonlyMap<string, RunningCall> | undefined,
    records: ReadonlyMap<string, CallRecord> | undefined,
  ): void {
    let isMissing = false;
    for (const viewer of this.#viewers) {
      if (running?.has(viewer.callId)) viewer.wasListed = true;
      else if (viewer.wasListed && records !== undefined) isMissing ||= !records.has(viewer.callId);
    }
    this.#misses = isMissing ? Math.min(MOST_DOUBLINGS, this.#misses + 1) : 0;
  }

  /** While every call is seen running, none has ended. */
  #needsRecords(running: ReadonlyMap<string, RunningCall> | undefined): boolean {
    return [...this.#viewers].some(({ callId }) => !running?.has(callId));
  }

  #channels(): string[] {
    const channels = [...this.#viewers].map(({ channelId }) => channelId);
    return [...new Set(channels.filter((channelId) => channelId !== undefined))];
  }
}

const NOT_NEEDED = { found: undefined, hidden: undefined, rest: 0 };

/** Reads the same list again and again, and bears that it fails now and then. */
class Reader<T extends { readonly callId: string }> {
  readonly #ask: (signal: AbortSignal) => Promise<readonly T[]>;
  #failingSince: number | undefined;

  constructor(ask: (signal: AbortSignal) => Promise<readonly T[]>) {
    this.#ask = ask;
  }

  async read(signal: AbortSignal): Promise<Part<T>> {
    try {
      const found = new Map<string, T>();
      // The first of several under one id is the newest, as sipgate lists them.
      for (const item of await this.#ask(signal)) if (!found.has(item.callId)) found.set(item.callId, item);
      this.#failingSince = undefined;
      return { found, hidden: undefined, rest: 0 };
    } catch (error) {
      if (signal.aborted) return NOT_NEEDED;
      this.#failingSince ??= Date.now();
      const forbidden = error instanceof CallError && error.code === "forbidden";
      const lasting = forbidden || Date.now() - this.#failingSince > OUTAGE_BORNE;
      const seconds = error instanceof RateLimitedError ? (error.retryAfter ?? 0) : 0;
      return { found: undefined, hidden: lasting ? explained(error) : undefined, rest: seconds * 1000 };
    }
  }
}

/** Errors of the application's own, such as its function that fetches access tokens, may hold what isn't for showing. */
function explained(error: unknown): string {
  return error instanceof CallError
    ? `${error.message} ${error.remedy}`
    : "Asking sipgate fails in the application.";
}

function lookAt(
  callId: string,
  begunAt: number,
  running: Part<RunningCall>,
  records: Part<CallRecord>,
): Look {
  return {
    kind: "look",
    begunAt,
    running: runningOf(callId, running),
    record: records.found?.get(callId),
    recordsHidden: records.hidden !== undefined,
    notes: [running.hidden, records.hidden].filter((note) => note !== undefined),
  };
}

function runningOf(callId: string, { found, hidden }: Part<RunningCall>): Look["running"] {
  if (found === undefined) return hidden === undefined ? "not-read" : "hidden";
  const call = found.get(callId);
  if (call === undefined) return "absent";
  // Not known: whether a call is listed whose caller has answered while the callee still rings. So both have to be there.
  const [only, ...others] = call.participants;
  if (others.length > 0) return "both-parties";
  return only?.owner === true ? "caller-only" : "one-party";
}
