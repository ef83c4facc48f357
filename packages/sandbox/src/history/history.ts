import { HISTORY_DELAY_MS } from "../assumptions.js";
import type { Clock } from "../clock.js";
import type { Call } from "../switch/call.js";
import { type Owner, ownerKey } from "../switch/owner.js";
import { type HistoryEntry, historyEntryOf } from "./history-entry.js";

/** The ended calls of one sandbox. */
export class History {
  readonly #clock: Clock;
  readonly #keep: number;
  /** The entries of each user, in the order in which the calls were placed. */
  readonly #entries = new Map<string, HistoryEntry[]>();

  /** @param keep how many entries of each user to keep: the newest */
  constructor(clock: Clock, keep: number) {
    this.#clock = clock;
    this.#keep = keep;
  }

  /** Must be called for every change of a call's state. */
  follow(call: Call): void {
    const entry = historyEntryOf(call);
    if (entry === undefined) return;
    const entries = this.#entriesOf(call);
    let place = entries.length;
    while ((entries[place - 1]?.sequence ?? -1) > entry.sequence) place -= 1;
    entries.splice(place, 0, entry);
    if (entries.length > this.#keep) entries.shift();
  }

  /** This user's calls that ended long enough ago to be listed, newest first. */
  *listed(owner: Owner): Generator<HistoryEntry> {
    const entries = this.#entriesOf(owner);
    for (let index = entries.length - 1; index >= 0; index -= 1) {
      const entry = entries[index];
      if (entry !== undefined && entry.endedAt + HISTORY_DELAY_MS <= this.#clock.now) yield entry;
    }
  }

  #entriesOf(owner: Owner): HistoryEntry[] {
    const key = ownerKey(owner);
    const entries = this.#entries.get(key) ?? [];
    this.#entries.set(key, entries);
    return entries;
  }
}
