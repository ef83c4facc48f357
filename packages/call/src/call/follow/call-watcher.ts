// One watcher for all calls of a client: its few requests serve everyone who follows a call.
import type { CallRecord } from "../end-cause.js";
import type { RunningCall, Telephony } from "../telephony.js";
import type { AwakeClock } from "./awake-clock.js";
import { ListPoller, NOT_NEEDED } from "./list-poller.js";
import { pollResultOf, type StopSignals, type Subscription, type Watcher } from "./observation.js";
import { ObservationQueue } from "./observation-queue.js";
import type { PushedEvent, PushInlet } from "./pushed-event.js";
import { RecentPushes } from "./recent-pushes.js";
import { SeenEvents } from "./seen-events.js";

// Milliseconds between two polls: short at first, when phones ring, then longer.
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;
const GROWTH = 1.25;
/** How far the number of past calls read may grow: by a factor of 2 to this power. */
const MOST_DOUBLINGS = 10;
/**
 * Milliseconds between two polls for each call that's listed. The list can't be filtered, so its size decides
 * what a poll costs, here and at sipgate. Measured with 10,000: some 15 µs of CPU for a call.
 */
const PAUSE_PER_CALL_MS = 2;
/** Maximum number of milliseconds between two polls for such reasons. */
const LONGEST_PAUSE_MS = 300_000;
/** Milliseconds that a poll may take. It has two requests, each with a time limit; 30 s if none is set. */
const LONGEST_POLL_MS = 60_000;

type Source = Pick<Telephony, "calls" | "records">;
/** A subscriber that watches a call. */
interface Subscriber {
  readonly callId: string;
  readonly channelIds: readonly string[] | undefined;
  wasListed: boolean;
  readonly queue: ObservationQueue;
}

export class CallWatcher implements Watcher, PushInlet {
  readonly #clock: AwakeClock;
  readonly #running: ListPoller<RunningCall>;
  readonly #records: ListPoller<CallRecord>;
  readonly #subscribers = new Set<Subscriber>();
  readonly #pushed = new RecentPushes();
  readonly #seen = new SeenEvents((callId) => this.#isFollowed(callId));
  #wait = FIRST_WAIT_MS;
  /** Until when no requests are sent to sipgate, by `monotonicMs` of the clock. */
  #pausedUntil = Number.NEGATIVE_INFINITY;
  /** How many polls in a row lacked the end of a call that is over: the more, the further back it may be. */
  #misses = 0;
  #polledAt = Number.NEGATIVE_INFINITY;
  /** Ends polling, and its request that's under way; undefined while nobody watches. */
  #polling: AbortController | undefined;
  #wake: (() => void) | undefined;
  #reschedule: (() => void) | undefined;

  constructor(clock: AwakeClock, source: Source) {
    this.#clock = clock;
    this.#running = new ListPoller(clock, (signal) => source.calls({ signal }));
    this.#records = new ListPoller(clock, (signal) =>
      source.records(
        { channelIds: this.#channels(), atMost: this.#subscribers.size * 2 ** this.#misses },
        { signal },
      ),
    );
  }

  /** Tells the call's watchers, now or later: an event may come before the response that names the call. */
  push(event: PushedEvent, digest: string): boolean {
    if (!this.#seen.add(digest, event.callId)) return false;
    this.#pushed.add(event);
    for (const subscriber of this.#subscribers) {
      if (subscriber.callId === event.callId) subscriber.queue.add({ kind: "push", event });
      // A call that resulted from it may have changed it: a poll tells.
      if (subscriber.callId === event.callId || subscriber.callId === event.origCallId) this.hurry();
    }
    return true;
  }

  #isFollowed(callId: string): boolean {
    return [...this.#subscribers].some((subscriber) => subscriber.callId === callId);
  }

  watch(
    callId: string,
    channelIds: readonly string[] | undefined,
    { signal, onCancel }: StopSignals,
  ): Subscription {
    const queue = new ObservationQueue();
    for (const event of this.#pushed.of(callId)) queue.add({ kind: "push", event });
    const subscriber: Subscriber = { callId, channelIds, wasListed: false, queue };
    const end = () => queue.end();
    signal?.addEventListener("abort", end);
    if (signal?.aborted) end();
    onCancel?.(end);
    this.#subscribers.add(subscriber);
    this.hurry();
    return {
      next: () => queue.next(),
      stop: () => {
        signal?.removeEventListener("abort", end);
        this.#subscribers.delete(subscriber);
        if (this.#subscribers.size === 0) this.#stop();
      },
    };
  }

  /**
   * Polls soon, and then often again: something has happened, or will. Never more often than at first, so
   * many calls that begin one after the other take no more requests than one.
   */
  hurry(): void {
    this.#wait = FIRST_WAIT_MS;
    this.#reschedule?.();
    if (this.#polling !== undefined || this.#subscribers.size === 0) return;
    this.#polling = new AbortController();
    void this.#pollUntil(this.#polling.signal);
  }

  #stop(): void {
    this.#polling?.abort();
    this.#polling = undefined;
    this.#wake?.();
  }

  async #pollUntil(stopped: AbortSignal): Promise<void> {
    for (;;) {
      await this.#pause();
      if (stopped.aborted) return;
      await this.#clock.during(LONGEST_POLL_MS, this.#poll(stopped));
    }
  }

  async #poll(stopped: AbortSignal): Promise<void> {
    const begunAt = this.#clock.monotonicMs();
    this.#polledAt = begunAt;
    const running = await this.#running.read(stopped);
    const records = this.#needsRecords(running.items) ? await this.#records.read(stopped) : NOT_NEEDED;
    if (stopped.aborted) return;
    const pause = Math.max(
      running.retryAfterMs,
      records.retryAfterMs,
      (running.items?.size ?? 0) * PAUSE_PER_CALL_MS,
    );
    this.#pausedUntil = this.#clock.monotonicMs() + Math.min(LONGEST_PAUSE_MS, pause);
    this.#countMisses(running.items, records.items);
    for (const subscriber of [...this.#subscribers])
      subscriber.queue.add(pollResultOf(subscriber.callId, begunAt, running, records));
  }

  #pause(): Promise<void> {
    const wait = Math.max(this.#wait, this.#pausedUntil - this.#clock.monotonicMs());
    this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * GROWTH);
    return new Promise((resolve) => {
      let cancel = this.#clock.after(wait, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
      this.#reschedule = () => {
        cancel();
        const next = Math.max(this.#polledAt + FIRST_WAIT_MS, this.#pausedUntil);
        cancel = this.#clock.after(Math.max(0, next - this.#clock.monotonicMs()), resolve);
      };
    });
  }

  /** A long call is far down in the history of a busy account, which is sorted by when calls began. */
  #countMisses(
    running: ReadonlyMap<string, RunningCall> | undefined,
    records: ReadonlyMap<string, CallRecord> | undefined,
  ): void {
    let isMissing = false;
    for (const subscriber of this.#subscribers) {
      if (running?.has(subscriber.callId)) subscriber.wasListed = true;
      else if (subscriber.wasListed && records !== undefined) isMissing ||= !records.has(subscriber.callId);
    }
    // Its end is reported soon, even if the last poll of a long call left much time until the next.
    if (isMissing && this.#misses === 0) this.#wait = FIRST_WAIT_MS;
    this.#misses = isMissing ? Math.min(MOST_DOUBLINGS, this.#misses + 1) : 0;
  }

  /** While every call is observed running, none has ended. */
  #needsRecords(running: ReadonlyMap<string, RunningCall> | undefined): boolean {
    return [...this.#subscribers].some(({ callId }) => !running?.has(callId));
  }

  /** Undefined: any of the account's. */
  #channels(): string[] | undefined {
    const channels = new Set<string>();
    for (const { channelIds } of this.#subscribers) {
      if (channelIds === undefined) return undefined;
      for (const id of channelIds) channels.add(id);
    }
    return [...channels];
  }
}
