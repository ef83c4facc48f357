import { SMALLEST_HISTORY_PAGE } from "../assumptions.js";
import type { HistoryEntry } from "../history/history-entry.js";
import { type Page, pageOf } from "../history/page.js";
import { decodeFields } from "../http/decode-fields.js";
import { Problem } from "../http/problem.js";
import { integerFrom } from "../http/query.js";
import { NO_CONTENT, ok } from "../http/response.js";
import { historyFilterFrom } from "./history-filter.js";
import { historyCsv, historyEntryBody } from "./history-forms.js";
import { type ApiRequest, type Operation, ownerOf } from "./operation.js";

const PATH = "/v2/history";
const READ = ["history:read"];
const WRITE = ["history:write"];
/** How many entries one request may change: less than this [official]. */
const BATCH_LIMIT = 150;

/** A longer note is cut off, in characters. */
const LONGEST_NOTE = 1_000;

const CHANGES = {
  note: "optional clearable text",
  read: "optional flag",
  starred: "optional flag",
  archived: "optional flag",
} as const;
const CHANGES_WITH_ID = { ...CHANGES, id: "text" } as const;

const listHistory: Operation = {
  method: "GET",
  path: PATH,
  scopes: READ,
  handle(request) {
    const { items, totalCount } = pageFor(request);
    return ok({ items: items.map((item) => historyEntryBody(item, request.origin)), totalCount });
  },
};

const exportHistory: Operation = {
  method: "GET",
  path: `${PATH}/export`,
  scopes: READ,
  handle: (request) => ({ status: 200, csv: historyCsv(pageFor(request).items) }),
};

const getEntry: Operation = {
  method: "GET",
  path: `${PATH}/{entryId}`,
  scopes: READ,
  handle: (request) => ok(historyEntryBody(entryOf(request, request.parameters[0]), request.origin)),
};

const changeEntry: Operation = {
  method: "PUT",
  path: `${PATH}/{entryId}`,
  scopes: WRITE,
  handle(request) {
    const changes = decodeFields(request, CHANGES);
    change(request, entryOf(request, request.parameters[0]), changes);
    return NO_CONTENT;
  },
};

const changeEntries: Operation = {
  method: "PUT",
  path: PATH,
  scopes: WRITE,
  handle(request) {
    const { body, strict } = request;
    if (!Array.isArray(body) || body.length >= BATCH_LIMIT) {
      throw new Problem(400, `The body must be a list of less than ${BATCH_LIMIT} entries.`);
    }
    const all = body.map((item: unknown) => decodeFields({ body: item, strict }, CHANGES_WITH_ID));
    // Nothing is changed if one of them isn't known.
    const entries = all.map((changes) => ({ changes, entry: entryOf(request, changes.id) }));
    for (const { changes, entry } of entries) change(request, entry, changes);
    return NO_CONTENT;
  },
};

const deleteEntry: Operation = {
  method: "DELETE",
  path: `${PATH}/{entryId}`,
  scopes: WRITE,
  handle(request) {
    entryOf(request, request.parameters[0]).deleted = true;
    return NO_CONTENT;
  },
};

/** Without ids it deletes everything [reported]: a list that is empty by mistake is sent as no ids at all. */
const deleteEntries: Operation = {
  method: "DELETE",
  path: PATH,
  scopes: WRITE,
  handle(request) {
    const ids = new Set(request.query.getAll("id"));
    for (const entry of ownEntries(request)) if (ids.size === 0 || ids.has(entry.id)) entry.deleted = true;
    return NO_CONTENT;
  },
};

function pageFor(request: ApiRequest): Page<HistoryEntry> {
  const isWanted = historyFilterFrom(request.query);
  const offset = integerFrom(request.query, "offset", { min: 0, max: 2 ** 31 - 1, fallback: 0 });
  const limit = integerFrom(request.query, "limit", { min: SMALLEST_HISTORY_PAGE, max: 1_000, fallback: 10 });
  return pageOf(ownEntries(request), offset, limit, isWanted);
}

/** Throws a 404 if this user has no such entry. */
function entryOf(request: ApiRequest, id: string | undefined): HistoryEntry {
  for (const entry of ownEntries(request)) if (entry.id === id) return entry;
  throw new Problem(404, "History entry not found.");
}

function* ownEntries(request: ApiRequest): Generator<HistoryEntry> {
  if (!request.account.keepsHistory) return;
  for (const entry of request.history.listed(ownerOf(request))) if (!entry.deleted) yield entry;
}

type Changes = Partial<Pick<HistoryEntry, "note" | "read" | "starred" | "archived">>;

function change(
  { history }: ApiRequest,
  entry: HistoryEntry,
  { note, read, starred, archived }: { [K in keyof Changes]: Changes[K] | undefined },
): void {
  entry.note = (note ?? entry.note).slice(0, LONGEST_NOTE);
  entry.read = read ?? entry.read;
  entry.starred = starred ?? entry.starred;
  entry.archived = archived ?? entry.archived;
  entry.lastModifiedAt = history.now;
}

/** Past calls. */
export const historyOperations: readonly Operation[] = [
  listHistory,
  exportHistory,
  getEntry,
  changeEntry,
  changeEntries,
  deleteEntry,
  deleteEntries,
];
