// One attempt under a key, by the process that began it. Every step changes the record, and succeeds only if
// nobody else has changed it. So the step that allows sending and the one that takes the attempt over exclude
// each other.
import type { Clock } from "../clock.js";
import { CallError } from "../errors.js";
import { webCrypto } from "../web-crypto.js";
import type { CheckedStore, StoreLimits } from "./checked-store.js";
import type { IdempotencyRecord, IdempotencyState, StoredRecord } from "./idempotency-store.js";

/** Milliseconds between two heartbeats. */
const BEAT_MS = 1_000;
/** Milliseconds without a heartbeat until an attempt counts as abandoned. Only waiting depends on it. */
export const SILENT_MS = 4_000;
/**
 * Milliseconds from the step that allows sending to the first byte. Less than the others wait: a process that
 * is later than that, because it was stopped or the store was slow, doesn't send any more.
 */
const LATEST_MS = 3_000;
/** Milliseconds per answer of the store when the outcome is noted: a call that rings isn't kept waiting. */
const SETTLE_MS = 2_000;
const SETTLE_ABORTED_MS = 250;
const MOST_TRIES = 3;

export class Attempt {
  readonly #store: CheckedStore;
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  readonly #owner: string;
  /** One read or change at a time. Otherwise, two of its own would take each other for somebody else's. */
  #last: Promise<unknown> = Promise.resolve();
  #cancelBeat = () => {};
  #isOver = false;
  #sentAt: number | undefined;
  #isTaken = false;

  private constructor(store: CheckedStore, clock: Clock, signal: AbortSignal | undefined, owner: string) {
    this.#store = store;
    this.#clock = clock;
    this.#signal = signal;
    this.#owner = owner;
    this.#beatLater();
  }

  /** @returns undefined if somebody else was faster */
  static async begin(
    store: CheckedStore,
    clock: Clock,
    request: string,
    replaced: StoredRecord | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Attempt | undefined> {
    const owner = randomId();
    const begunAt = clock.now().getTime();
    const record = { request, owner, begunAt, beat: 0, state: { kind: "begun" } } as const;
    const isMine = await store.write(record, replaced, { signal });
    return isMine ? new Attempt(store, clock, signal, owner) : undefined;
  }

  /** Whether somebody else has taken it over, before anything was sent. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Whether the step that allows sending was taken. */
  get maySend(): boolean {
    return this.#sentAt !== undefined;
  }

  /**
   * The step that allows sending, right before the first byte.
   *
   * @throws CallError if it was taken over, or the time is over: nothing may be sent then
   */
  async startSending(): Promise<void> {
    const [begun, at] = [this.#clock.monotonicMs(), this.#clock.now().getTime()];
    const isAllowed = await this.#change(() => ({ kind: "sending", at }), { signal: this.#signal });
    // Read once more: detects a store that says yes to everybody, unless two attempts are only moments apart.
    const found = isAllowed ? await this.#next(() => this.#store.read({ signal: this.#signal })) : undefined;
    if (found?.record.owner !== this.#owner || found.record.state.kind !== "sending") {
      this.#isTaken = true;
      this.#end();
      throw takenOver();
    }
    // The wall clock runs while the machine sleeps; the monotonic clock can't be set. Late by either is late.
    const elapsed = Math.max(this.#clock.monotonicMs() - begun, this.#clock.now().getTime() - at);
    if (elapsed > LATEST_MS) throw tooLate();
    this.#sentAt = at;
  }

  /** Notes the outcome. @returns whether that's noted; never rejects */
  async settle(
    outcome: "refused" | "unknown" | Extract<IdempotencyState, { kind: "placed" }>,
  ): Promise<boolean> {
    this.#end();
    const state = () => (typeof outcome === "object" ? outcome : this.#lost(outcome));
    const limits = this.#signal?.aborted
      ? { milliseconds: SETTLE_ABORTED_MS }
      : { milliseconds: SETTLE_MS, signal: this.#signal };
    try {
      return await this.#change(state, limits);
    } catch {
      return false; // It stays as it is: `begun` may be taken over, `sending` counts as unknown.
    }
  }

  #lost(kind: "refused" | "unknown"): IdempotencyState {
    return kind === "refused" ? { kind } : { kind, at: this.#sentAt ?? this.#clock.now().getTime() };
  }

  /** @returns false if it's somebody else's by now */
  #change(state: (from: IdempotencyState) => IdempotencyState, limits: StoreLimits): Promise<boolean> {
    return this.#next(async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const found = await this.#store.read(limits);
        if (found?.record.owner !== this.#owner) return false;
        const { record } = found;
        const next: IdempotencyRecord = { ...record, beat: record.beat + 1, state: state(record.state) };
        if (await this.#store.write(next, found, limits)) return true;
        // A write of its own that was given up may have succeeded meanwhile.
      }
      return false;
    });
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => {});
    return mine;
  }

  #end(): void {
    this.#isOver = true;
    this.#cancelBeat();
  }

  #beatLater(): void {
    if (this.#isOver) return;
    this.#cancelBeat = this.#clock.after(BEAT_MS, () => {
      const beat = this.#change((state) => state, { milliseconds: BEAT_MS });
      // If a heartbeat can't be written, the only effect is on how long others wait.
      void beat.then(
        (isMine) => {
          if (isMine) this.#beatLater();
        },
        () => this.#beatLater(),
      );
    });
  }
}

function randomId(): string {
  return Array.from(webCrypto().getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function takenOver(): CallError {
  return new CallError("outcome-unknown", "Another attempt with this key has taken over.", {
    remedy: "Ask again with the same key.",
    placed: "no",
  });
}

function tooLate(): CallError {
  const message = "The call request wasn't sent: this process was stopped for too long just before it.";
  return new CallError("timeout", message, { remedy: "Ask again with the same key.", placed: "no" });
}
