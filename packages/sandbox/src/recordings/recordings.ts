import { randomUUID } from "node:crypto";
import type { CancelTimer, Clock } from "../clock.js";
import type { Owner } from "../switch/owner.js";

/** How long a recording is kept, in milliseconds: a day. */
const LIFETIME_MS = 24 * 3_600_000;
/** How much is kept of all recordings together, in bytes. The oldest go first. */
const LIMIT = 256 * 1024 * 1024;

/** A recorded call. */
export interface Recording {
  readonly id: string;
  readonly owner: Owner;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly wav: Uint8Array;
}

/** The recordings of one sandbox. They're in memory, and gone with it. */
export class Recordings {
  readonly #clock: Clock;
  readonly #recordings = new Map<string, Recording & { readonly cancelTimer: CancelTimer }>();
  #bytes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps a recording for a day. Returns its id, which can't be guessed. */
  add(owner: Owner, wav: Uint8Array): string {
    const id = randomUUID();
    const cancelTimer = this.#clock.after(LIFETIME_MS, () => this.#drop(id));
    this.#recordings.set(id, {
      id,
      owner: { account: owner.account, userId: owner.userId },
      createdAt: this.#clock.now,
      wav,
      cancelTimer,
    });
    this.#bytes += wav.byteLength;
    for (const oldest of this.#recordings.keys()) {
      if (this.#bytes <= LIMIT) break;
      this.#drop(oldest);
    }
    return id;
  }

  /** `undefined` if there is none, or if it's somebody else's. */
  find(id: string, { account, userId }: Owner): Recording | undefined {
    const recording = this.#recordings.get(id);
    return recording?.owner.account === account && recording.owner.userId === userId ? recording : undefined;
  }

  #drop(id: string): void {
    const recording = this.#recordings.get(id);
    if (recording === undefined) return;
    recording.cancelTimer();
    this.#bytes -= recording.wav.byteLength;
    this.#recordings.delete(id);
  }
}
