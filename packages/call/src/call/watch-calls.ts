import type { CallRecord } from "./end-cause.js";
import { CallError } from "./errors.js";
import type { RunningCall, Telephony } from "./telephony.js";

/** What one look at the telephone system shows of one call. */
export interface Sighting {
  /** `absent`: it isn't on the list. `hidden`: the list can't be read. `not-read`: reading failed, perhaps in passing. */
  readonly running: "both-parties" | "one-party" | "absent" | "hidden" | "not-read";
  /** What was recorded of its end. */
  readonly record: CallRecord | undefined;
  /** Whether records of ended calls can't be read. */
  readonly recordsHidden: boolean;
  /** What can't be seen and what would show it, as sentences. */
  readonly notes: readonly string[];
}

/** Looks after any number of calls with the same few requests. */
export interface Watcher {
  /** What is seen of a call, look by look, until the caller stops or `signal` aborts. */
  watch(callId: string, channelId: string | undefined, signal?: AbortSignal): AsyncIterable<Sighting>;
}

// Milliseconds between two looks: short at first, when phones ring, then longer.
const FIRST_WAIT = 500;
const LONGEST_WAIT = 5_000;
const GROWTH = 1.25;
/** How many looks in a row may fail before what they would show counts as hidden. */
const FAILURES_BORNE = 10;

type Source = Pick<Telephony, "calls" | "records">;
/** One half of a look: what was read, by the id of the call, or why it can't be. Neither: not needed, or failed. */
interface Part<T> {
  readonly found: ReadonlyMap<string, T> | undefined;
  readonly hidden: string | undefined;
}

type Look = (running: Part<RunningCall>, records: Part<CallRecord>) => void;

export class CallWatcher implements Watcher {
  readonly #running: Reader<RunningCall>;
  readonly #records: Reader<CallRecord>;
  readonly #watched = new Map<Look, { callId: string; channelId: string | undefined }>();
  #wait = FIRST_WAIT;
  #looking = false;
  #wake: (() => void) | undefined;

  constructor(source: Source) {
    this.#running = new Reader(() => source.calls());
    this.#records = new Reader(() =>
      source.records({ channelIds: this.#channels(), atMost: this.#watched.size }),
    );
  }

  async *watch(
    callId: string,
    channelId: string | undefined,
    signal?: AbortSignal,
  ): AsyncGenerator<Sighting> {
    let latest: Sighting | undefined;
    let notify = () => {};
    const look: Look = (running, records) => {
      const seen = sightingOf(callId, running, records);
      // Whoever takes a while to ask for the next look is shown the latest, and no record is lost.
      latest = { ...seen, record: seen.record ?? latest?.record };
      notify();
    };
    const stop = () => notify();
    signal?.addEventListener("abort", stop);
    this.#watched.set(look, { callId, channelId });
    this.#start();
    try {
      while (!signal?.aborted) {
        if (latest === undefined) {
          await new Promise<void>((resolve) => {
            notify = resolve;
          });
          continue;
        }
        const seen: Sighting = latest;
        latest = undefined;
        yield seen;
      }
    } finally {
      signal?.removeEventListener("abort", stop);
      this.#watched.delete(look);
      if (this.#watched.size === 0) this.#wake?.();
    }
  }

  #start(): void {
    this.#wait = FIRST_WAIT;
    this.#wake?.();
    if (this.#looking) return;
    this.#looking = true;
    void this.#lookUntilNobodyWatches();
  }

  async #lookUntilNobodyWatches(): Promise<void> {
    while (this.#watched.size > 0) {
      await this.#pause();
      if (this.#watched.size === 0) break;
      const running = await this.#running.read();
      const records = this.#needsRecords(running.found) ? await this.#records.read() : NOT_NEEDED;
      for (const look of [...this.#watched.keys()]) look(running, records);
    }
    this.#looking = false;
  }

  #pause(): Promise<void> {
    const wait = this.#wait;
    this.#wait = Math.min(LONGEST_WAIT, wait * GROWTH);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** While every call is seen running, none has ended. */
  #needsRecords(running: ReadonlyMap<string, RunningCall> | undefined): boolean {
    return [...this.#watched.values()].some(({ callId }) => !running?.has(callId));
  }

  #channels(): string[] {
    const channels = [...this.#watched.values()].map(({ channelId }) => channelId);
    return [...new Set(channels.filter((channelId) => channelId !== undefined))];
  }
}

const NOT_NEEDED = { found: undefined, hidden: undefined };

/** Reads the same list again and again, and bears that it fails now and then. */
class Reader<T extends { readonly callId: string }> {
  readonly #ask: () => Promise<readonly T[]>;
  #failures = 0;

  constructor(ask: () => Promise<readonly T[]>) {
    this.#ask = ask;
  }

  async read(): Promise<Part<T>> {
    try {
      const found = new Map((await this.#ask()).map((item) => [item.callId, item]));
      this.#failures = 0;
      return { found, hidden: undefined };
    } catch (error) {
      this.#failures += 1;
      const forbidden = error instanceof CallError && error.code === "forbidden";
      const lasting = forbidden || this.#failures >= FAILURES_BORNE;
      return { found: undefined, hidden: lasting ? explained(error) : undefined };
    }
  }
}

/** Errors of the application's own, such as its function that fetches access tokens, may hold what isn't for showing. */
function explained(error: unknown): string {
  return error instanceof CallError
    ? `${error.message} ${error.remedy}`
    : "Asking sipgate fails in the application.";
}

function sightingOf(callId: string, running: Part<RunningCall>, records: Part<CallRecord>): Sighting {
  return {
    running: runningOf(callId, running),
    record: records.found?.get(callId),
    recordsHidden: records.hidden !== undefined,
    notes: [running.hidden, records.hidden].filter((note) => note !== undefined),
  };
}

function runningOf(callId: string, { found, hidden }: Part<RunningCall>): Sighting["running"] {
  if (found === undefined) return hidden === undefined ? "not-read" : "hidden";
  const call = found.get(callId);
  if (call === undefined) return "absent";
  // Not known: whether a call is listed whose caller has answered while the callee still rings. So both have to be there.
  return call.participants.length > 1 ? "both-parties" : "one-party";
}
