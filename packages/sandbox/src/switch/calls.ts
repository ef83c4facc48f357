import type { Call } from "./call.js";
import { type Owner, ownerKey } from "./owner.js";

/** The calls that are running, and the newest that have ended. */
export class Calls {
  readonly #all = new Map<string, Call>();
  readonly #running = new Map<string, Set<Call>>();
  /** In the order in which they ended. */
  readonly #ended: Call[] = [];
  readonly #keep: number;
  #placed = 0;

  /** @param keep how many ended calls to keep: those that ended last */
  constructor(keep: number) {
    this.#keep = keep;
  }

  /** How many there have ever been. */
  get placed(): number {
    return this.#placed;
  }

  /** In the order in which they were placed. */
  all(): IterableIterator<Call> {
    return this.#all.values();
  }

  find(id: string): Call | undefined {
    return this.#all.get(id);
  }

  /** A user's calls that haven't ended. */
  runningOf(owner: Owner): ReadonlySet<Call> {
    return this.#running.get(ownerKey(owner)) ?? new Set();
  }

  add(call: Call): void {
    this.#placed += 1;
    this.#all.set(call.id, call);
    const running = this.#running.get(ownerKey(call));
    if (running === undefined) this.#running.set(ownerKey(call), new Set([call]));
    else running.add(call);
  }

  /** It's running no longer. */
  end(call: Call): void {
    this.#running.get(ownerKey(call))?.delete(call);
  }

  /** An ended call is kept until as many others have ended. */
  keep(call: Call): void {
    this.#ended.push(call);
    if (this.#ended.length <= this.#keep) return;
    const oldest = this.#ended.shift();
    if (oldest !== undefined) this.#all.delete(oldest.id);
  }
}
