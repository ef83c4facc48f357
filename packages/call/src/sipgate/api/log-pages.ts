import { CallError } from "../../call/errors.js";

/** A page of a list, and the time on sipgate's clock when it was read. */
export interface Page<T> {
  readonly items: T[];
  /** How many entries it holds. Not each of them need become one item. */
  readonly count: number;
  /** Its first entry as it came, to recognise it. */
  readonly first: string | undefined;
  /** How many entries the list has, if the response says so. */
  readonly total: number | undefined;
  /** Milliseconds since 1970; undefined if the response didn't tell: browsers don't show that header. */
  readonly now: number | undefined;
}

/** How a list is read. */
export interface Paging<T> {
  /** The page that begins after so many entries. */
  readonly read: (offset: number) => Promise<Page<T>>;
  /**
   * If no response says how many entries there are: whether a page is the last. One without entries always is.
   *
   * @default only one without entries
   */
  readonly isLast?: (page: Page<T>) => boolean;
}

/** A server whose pages never end would keep a program busy forever. */
const MOST_PAGES = 2_000;
const SHORTER = "Ask for a shorter time by from and to.";

/**
 * The pages of a list, one after the other. A page without entries is the end, whatever the total: whether sipgate's total
 * counts what filters leave out isn't known.
 *
 * @throws CallError if the server gives a page again, though it says that there are more entries, or never comes to an end
 */
export async function* pagesOf<T>({ read, isLast }: Paging<T>): AsyncGenerator<Page<T>, void, undefined> {
  const known = new Set<string>();
  let offset = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await read(offset);
    if (page.first !== undefined && known.has(page.first)) {
      if (page.total === undefined && isLast === undefined) return; // It has no further pages.
      throw incomplete(offset);
    }
    if (page.first !== undefined) known.add(page.first);
    yield page;
    offset += page.count;
    if (page.count === 0 || (page.total === undefined ? isLast?.(page) : offset >= page.total)) return;
  }
  throw endless(offset);
}

function endless(read: number): CallError {
  const message = `The history doesn't end: ${read} entries were read, and there was always another page.`;
  return new CallError("unexpected-response", message, { remedy: SHORTER, placed: "no" });
}

function incomplete(offset: number): CallError {
  const message = `The history is incomplete: sipgate gave entries again when asked for those after ${offset}.`;
  return new CallError("unexpected-response", message, { remedy: SHORTER, placed: "no" });
}
