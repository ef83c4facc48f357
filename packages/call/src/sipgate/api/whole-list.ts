// Short lists, which are read whole.
import { CallError } from "../../call/errors.js";
import type { RequestOptions } from "../../call/telephony.js";
import type { Json } from "../http/json.js";
import type { ApiClient } from "./api-client.js";

interface PagedList<T> {
  /** Without a query, e.g. `/numbers`. */
  readonly path: string;
  /** What is listed, in the plural. */
  readonly what: string;
  /** What for, as the end of "sipgate didn't …". */
  readonly purpose: string;
  readonly scope: string;
  readonly pageSize: number;
  readonly decode: (answer: Json) => T[];
}

// Far beyond what an account has; a server whose pages never end would keep a program busy forever.
const MOST_PAGES = 1_000;
const MOST_ENTRIES = 100_000;

/**
 * All entries, page by page. How many a page holds at most isn't known, so only a page with nothing new on it
 * counts as the end.
 *
 * @throws CallError if there is no end
 */
export async function readWholeList<T extends { readonly id: string }>(
  api: ApiClient,
  { path, what, purpose, scope, pageSize, decode }: PagedList<T>,
  options?: RequestOptions,
): Promise<T[]> {
  const found = new Map<string, T>();
  for (let pages = 0; pages < MOST_PAGES && found.size <= MOST_ENTRIES; pages += 1) {
    const query = `offset=${found.size}&limit=${pageSize}`;
    const request = { method: "GET", path: `${path}?${query}`, purpose, scope } as const;
    const before = found.size;
    for (const entry of await api.read(request, decode, options)) found.set(entry.id, entry);
    if (found.size === before) return [...found.values()];
  }
  throw endless(what, found.size);
}

function endless(what: string, read: number): CallError {
  const message = `The list of ${what} doesn't end: ${read} were read, and there was always another page.`;
  const remedy = "Check the base URL: sipgate's is https://api.sipgate.com/v2.";
  return new CallError("unexpected-response", message, { remedy, placed: "no" });
}
