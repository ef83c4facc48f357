/** The first refusal comes after this time, each further one after twice the time, in milliseconds. */
const FIRST_MS = 100;
const LONGEST_MS = 10_000;
/** Names without a wrong password for this time are forgotten, in milliseconds. */
const FORGET_MS = 60_000;
/** How many names are remembered, and how many refusals may wait. */
const MOST = 1_000;

/**
 * Slows down who tries passwords: the refusals of one name come one after the other, each later than the one before. The
 * right password is taken at any time, so nobody can be locked out.
 */
export class WrongPasswords {
  readonly #names = new Map<string, { count: number; lastAt: number; nextAt: number }>();
  readonly #timers = new Set<NodeJS.Timeout>();

  refuse(name: string, respond: () => void): void {
    const now = Date.now();
    const known = this.#names.get(name);
    const before = known !== undefined && now - known.lastAt < FORGET_MS ? known : { count: 0, nextAt: now };
    const delay = Math.min(FIRST_MS * 2 ** before.count, LONGEST_MS);
    const nextAt = Math.max(now, before.nextAt) + delay;
    this.#names.delete(name);
    this.#names.set(name, { count: before.count + 1, lastAt: now, nextAt });
    for (const oldest of this.#names.keys()) {
      if (this.#names.size <= MOST) break;
      this.#names.delete(oldest);
    }
    if (this.#timers.size >= MOST) return; // No answer at all.
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      respond();
    }, nextAt - now);
    this.#timers.add(timer);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
