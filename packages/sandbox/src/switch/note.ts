/** How many announcements, transfers and tones of one call are kept: the newest of each. */
const LIMIT = 1_000;

/** Notes what was done to a call. */
export function note<T>(notes: T[], done: T): void {
  notes.push(done);
  if (notes.length > LIMIT) notes.shift();
}
