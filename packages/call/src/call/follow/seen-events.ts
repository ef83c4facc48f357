/** How many are remembered: some 10 MB. */
const MOST_EVENTS = 100_000;
/** How many of the oldest are looked at to forget one. */
const MOST_LOOKS = 100;

/**
 * Which pushed events have come, to detect replays: sipgate signs no time, so nothing else reveals one. Those of a call
 * that is followed aren't forgotten.
 */
export class SeenEvents {
  readonly #isFollowed: (callId: string) => boolean;
  /** The call of each event, by its digest; the oldest first. */
  readonly #callOf = new Map<string, string>();

  constructor(isFollowed: (callId: string) => boolean) {
    this.#isFollowed = isFollowed;
  }

  /** @returns whether it's the first time */
  add(digest: string, callId: string): boolean {
    if (this.#callOf.has(digest)) return false;
    this.#callOf.set(digest, callId);
    if (this.#callOf.size > MOST_EVENTS) this.#forgetOne();
    return true;
  }

  #forgetOne(): void {
    let looks = 0;
    for (const [digest, callId] of this.#callOf) {
      this.#callOf.delete(digest);
      looks += 1;
      if (!this.#isFollowed(callId) || looks === MOST_LOOKS) return;
      this.#callOf.set(digest, callId); // As the newest.
    }
  }
}
