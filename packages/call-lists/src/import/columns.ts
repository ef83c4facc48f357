// What the columns of a table are, by its first line.
import { type ContactColumns, contactColumns } from "sipgate-call";
import { ListsError } from "../lists-error.js";

/** What a column may hold, besides names and numbers. */
const OTHERS = {
  notes: /^(?:notes?|comments?|notiz(?:en)?|bemerkung(?:en)?|kommentar)$/,
  state: /^(?:state|federal state|bundesland)$/,
  timeZone: /^(?:time ?zone|zeitzone)$/,
  priority: /^(?:priority|priorität|prio)$/,
  callBackAt: /^(?:call ?back(?: at)?|rückruf(?: am| um)?|wiedervorlage)$/,
  consentAt: /^(?:consent(?: given)?(?: at| on| date)?|einwilligung(?: am| vom)?|datum der einwilligung)$/,
  consentHow: /^(?:consent (?:how|by|source)|einwilligung (?:wie|durch|per|quelle))$/,
  consentPurpose: /^(?:consent (?:for|purpose)|einwilligung (?:wofür|für|zweck))$/,
  consentWords: /^(?:consent (?:words|wording|text)|einwilligung (?:text|wortlaut)|einwilligungstext)$/,
} as const;

export type OtherColumn = keyof typeof OTHERS;

export interface Columns extends ContactColumns {
  readonly headers: readonly string[];
  readonly others: Readonly<Partial<Record<OtherColumn, number>>>;
  /** Those that are kept as they are, by their headers; numbers, too, if it's another one that is called. */
  readonly extra: readonly number[];
}

/** @throws ListsError if none is for numbers, or two have the same header */
export function columnsOf(cells: readonly string[]): Columns {
  const headers = cells.map((cell) => cell.trim());
  const columns = contactColumns(headers);
  if (columns === undefined) throw noNumbers(headers);
  const twice = headers.find((header, index) => header !== "" && headers.indexOf(header) !== index);
  if (twice !== undefined)
    throw new ListsError("file", `Two columns are called "${twice}".`, "Rename or delete one of them.");
  const others: Partial<Record<OtherColumn, number>> = {};
  for (const [index, header] of headers.entries()) {
    const other = otherColumn(header);
    if (other !== undefined) others[other] ??= index;
  }
  const used = new Set([...columns.names, columns.organization, ...Object.values(others)]);
  const extra = headers.flatMap((header, index) => (header !== "" && !used.has(index) ? [index] : []));
  return { ...columns, headers, others, extra };
}

/** `consent_at`, `Consent-At` and `Consent at` are the same. */
function otherColumn(header: string): OtherColumn | undefined {
  const plain = header.normalize("NFC").toLocaleLowerCase("de").replace(/[_-]+/g, " ").trim();
  return NAMES.find((name) => OTHERS[name].test(plain));
}

const NAMES = Object.keys(OTHERS).filter((name): name is OtherColumn => Object.hasOwn(OTHERS, name));

function noNumbers(headers: readonly string[]): ListsError {
  return new ListsError(
    "file",
    `No column is for phone numbers. The first line is: ${headers.slice(0, 20).join(", ").slice(0, 200)}`,
    "Name one of them Phone or Telefon in the first line.",
  );
}
