// The contacts of a file, CSV or vCard, many at a time.
import { readVcards } from "sipgate-call";
import { ListsError } from "../lists-error.js";
import { type Columns, columnsOf, type OtherColumn } from "./columns.js";
import type { FoundContact } from "./found-contact.js";
import { readTable, separatorOf, type TableRow } from "./read-table.js";
import type { TextFile } from "./text-file.js";

/**
 * Reads the contacts of a file.
 *
 * @param onColumns is told what the columns of a table are
 * @throws ListsError if it's neither a table of contacts nor vCard
 */
export async function* readContacts(
  { head, text }: TextFile,
  onColumns: (columns: Columns) => void = () => {},
): AsyncGenerator<readonly FoundContact[]> {
  if (/^\ufeff?\s*BEGIN:VCARD\b/i.test(head)) yield* readCards(text());
  else yield* readRows(text(), separatorOf(head), onColumns);
}

async function* readRows(
  text: AsyncIterable<string>,
  separator: string,
  onColumns: (columns: Columns) => void,
): AsyncGenerator<readonly FoundContact[]> {
  let columns: Columns | undefined;
  for await (const rows of readTable(text, separator)) {
    const [first] = rows;
    const known: Columns = columns ?? columnsOf(first?.cells ?? []);
    if (columns === undefined) onColumns(known);
    yield (columns === undefined ? rows.slice(1) : rows).map((row) => contactOfRow(row, known));
    columns = known;
  }
  if (columns === undefined) throw new ListsError("file", "The file is empty.", "Give one with contacts.");
}

function contactOfRow({ line, cells }: TableRow, columns: Columns): FoundContact {
  const other = (name: OtherColumn) => {
    const index = columns.others[name];
    return index === undefined ? "" : (cells[index]?.trim() ?? "");
  };
  const filled = columns.numbers.filter((index) => (cells[index]?.trim() ?? "") !== "");
  const extra: Record<string, string> = {};
  for (const index of columns.extra) {
    const cell = cells[index]?.trim() ?? "";
    if (cell !== "" && index !== filled[0]) extra[columns.headers[index] ?? ""] = cell;
  }
  return {
    line,
    numbers: filled.map((index) => cells[index]?.trim() ?? ""),
    name: columns.nameOf(cells),
    company: columns.organizationOf(cells),
    notes: other("notes"),
    state: other("state"),
    timeZone: other("timeZone"),
    priority: other("priority"),
    callBackAt: other("callBackAt"),
    consentAt: other("consentAt"),
    consentHow: other("consentHow"),
    consentPurpose: other("consentPurpose"),
    consentWords: other("consentWords"),
    extra,
    hasTooManyCells: cells.length > columns.headers.length,
  };
}

const CARD_END = /^END:VCARD[ \t]*\n/im;
/** What a card may have at most, with a picture in it. */
const LONGEST_CARD = 20_000_000;

async function* readCards(text: AsyncIterable<string>): AsyncGenerator<readonly FoundContact[]> {
  let rest = "";
  let line = 1;
  for await (const piece of text) {
    rest += piece;
    const found: FoundContact[] = [];
    for (let end = CARD_END.exec(rest); end !== null; end = CARD_END.exec(rest)) {
      const card = rest.slice(0, end.index + end[0].length);
      const begin = line + linesBefore(card);
      found.push(contactOfCard(card, begin));
      line += card.split("\n").length - 1;
      rest = rest.slice(card.length);
    }
    if (rest.length > LONGEST_CARD) throw notClosed(line);
    if (found.length > 0) yield found;
  }
  if (rest.trim() !== "") throw notClosed(line);
}

/** Empty lines before a card. */
function linesBefore(card: string): number {
  return (/^\s*/.exec(card)?.[0] ?? "").split("\n").length - 1;
}

function notClosed(line: number): ListsError {
  return new ListsError("file", `The card in line ${line} has no end.`, "Export the file again.");
}

function contactOfCard(text: string, line: number): FoundContact {
  const [card] = readVcards(text);
  const [first, ...others] = card?.numbers ?? [];
  return {
    line,
    numbers: first === undefined ? [] : [first.number],
    name: card?.name ?? "",
    company: card?.organization ?? "",
    notes: card?.note ?? "",
    state: "",
    timeZone: "",
    priority: "",
    callBackAt: "",
    consentAt: "",
    consentHow: "",
    consentPurpose: "",
    consentWords: "",
    extra: Object.fromEntries(
      others.map(({ number, kind }, index) => [`number ${index + 2}${kind ? ` (${kind})` : ""}`, number]),
    ),
    hasTooManyCells: false,
  };
}
