// One watcher for all calls of a client: its few requests serve whoever follows.
import type { Clock } from "../clock.js";
import type { CallRecord } from "../end-cause.js";
import type { RunningCall, Telephony } from "../telephony.js";
import { ListPoller, NOT_NEEDED } from "./list-poller.js";
import { pollResultOf, type StopSignals, type Subscription, type Watcher } from "./observation.js";
import { ObservationQueue } from "./observation-queue.js";
import type { PushedEvent, PushInlet } from "./pushed-event.js";
import { RecentPushes } from "./recent-pushes.js";

// Milliseconds between two looks: short at first, when phones ring, then longer.
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;
const GROWTH = 1.25;
/** How far looking into the past grows: by a factor of 2 to this power. */
const MOST_DOUBLINGS = 10;
/**
 * Milliseconds between two looks for each call that's listed. The list can't be filtered, so that its size decides what
 * a look takes, here and at sipgate. Measured with 10,000: some 15 µs of CPU for a call.
 */
const PAUSE_PER_CALL_MS = 2;
/** Milliseconds that two looks are apart at most for such reasons. */
const LONGEST_PAUSE_MS = 300_000;

type Source = Pick<Telephony, "calls" | "records">;
/** Somebody who watches a call. */
interface Subscriber {
  readonly callId: string;
  readonly channelId: string | undefined;
  wasListed: boolean;
  readonly queue: ObservationQueue;
}

export class CallWatcher implements Watcher, PushInlet {
  readonly #clock: Clock;
  readonly #running: ListPoller<RunningCall>;
  readonly #records: ListPoller<CallRecord>;
  readonly #subscribers = new Set<Subscriber>();
  readonly #pushed = new RecentPushes();
  #wait = FIRST_WAIT_MS;
  /** Until when sipgate is left alone, by `monotonicMs` of the clock. */
  #pausedUntil = Number.NEGATIVE_INFINITY;
  /** How many looks in a row lacked the end of a call that is over: the more, the longer ago it may stand. */
  #misses = 0;
  #polledAt = Number.NEGATIVE_INFINITY;
  /** Ends the looking, and the request that's under way for it; undefined while nobody watches. */
  #polling: AbortController | undefined;
  #wake: (() => void) | undefined;
  #reschedule: (() => void) | undefined;

  constructor(clock: Clock, source: Source) {
    this.#clock = clock;
    this.#running = new ListPoller(clock, (signal) => source.calls({ signal }));
    this.#records = new ListPoller(clock, (signal) =>
      source.records(
        { channelIds: this.#channels(), atMost: this.#subscribers.size * 2 ** this.#misses },
        { signal },
      ),
    );
  }

  /** Tells whoever watches the call, now or later: an event may come before the answer that names the call. */
  push(event: PushedEvent): void {
    this.#pushed.add(event);
    for (const subscriber of this.#subscribers) {
      if (subscriber.callId === event.callId) subscriber.queue.add({ kind: "push", event });
      // A call that came of it may have changed it: a look tells.
      if (subscriber.callId === event.callId || subscriber.callId === event.origCallId) this.hurry();
    }
  }

  watch(callId: string, channelId: string | undefined, { signal, onCancel }: StopSignals): Subscription {
    const queue = new ObservationQueue();
    for (const event of this.#pushed.of(callId)) queue.add({ kind: "push", event });
    const subscriber: Subscriber = { callId, channelId, wasListed: false, queue };
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
   * Looks soon, and then often again: something has happened, or will. Never more often than at first, so that many
   * calls that begin one after the other take no more requests than one.
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
      await this.#poll(stopped);
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

  /** A long call stands far down in the history of a busy account, which is sorted by when calls began. */
  #countMisses(
    running: ReadonlyMap<string, RunningCall> | undefined,
    records: ReadonlyMap<string, CallRecord> | undefined,
  ): void {
    let isMissing = false;
    for (const subscriber of this.#subscribers) {
      if (running?.has(subscriber.callId)) subscriber.wasListed = true;
      else if (subscriber.wasListed && records !== undefined) isMissing ||= !records.has(subscriber.callId);
    }
    // Its end is told soon, also where the last look at a long call left much time until the next.
    if (isMissing && this.#misses === 0) this.#wait = FIRST_WAIT_MS;
    this.#misses = isMissing ? Math.min(MOST_DOUBLINGS, this.#misses + 1) : 0;
  }

  /** While every call is seen running, none has ended. */
  #needsRecords(running: ReadonlyMap<string, RunningCall> | undefined): boolean {
    return [...this.#subscribers].some(({ callId }) => !running?.has(callId));
  }

  #channels(): string[] {
    const channels = [...this.#subscribers].map(({ channelId }) => channelId);
    return [...new Set(channels.filter((channelId) => channelId !== undefined))];
  }
}
