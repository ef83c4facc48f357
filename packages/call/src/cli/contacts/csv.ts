// Reads contacts from a table, as address books and spreadsheets export it, in English or German.
import Papa from "papaparse";
import type { ContactEntry } from "./contact-entry.js";

type Row = Readonly<Record<string, string | undefined>>;

const FULL_NAME = /^(?:(?:full|display|contact) ?)?name$|^(?:anzeigename|kontakt|ansprechpartner)$/i;
const GIVEN_NAME = /^(?:given|first) ?name$|^vorname$/i;
const FAMILY_NAME = /^(?:family|last) ?name$|^(?:nachname|familienname)$/i;
const ORGANIZATION = /^(?:company|organi[sz]ation|firma|unternehmen)\b/i;
const NUMBER = /phone|tel(?:efon)?(?:nummer)?\b|mobil|handy|rufnummer|^(?:number|nummer)$/i;
/** Columns about numbers that hold none to call. */
const NO_NUMBER = /fax|(?:type|label|typ|art)$/i;

/** What the columns of a table are. */
interface Columns {
  readonly nameOf: (row: Row) => string;
  readonly organizationOf: (row: Row) => string;
  readonly numbers: readonly string[];
}

/** Undefined if the first line names no column for names, or none for numbers. */
export function readCsv(text: string, origin: string): ContactEntry[] | undefined {
  const { data, meta } = Papa.parse<Row>(text, {
    header: true,
    skipEmptyLines: "greedy",
    delimitersToGuess: [";", ",", "\t"],
    transformHeader: (header) => header.trim(),
  });
  const columns = columnsOf(meta.fields ?? []);
  return columns === undefined ? undefined : data.flatMap((row) => entriesOf(row, columns, origin));
}

function columnsOf(headers: readonly string[]): Columns | undefined {
  const column = (pattern: RegExp) => headers.find((header) => pattern.test(header));
  const cell = (header: string | undefined) => (row: Row) =>
    header === undefined ? "" : (row[header]?.trim() ?? "");
  const [full, given, family] = [FULL_NAME, GIVEN_NAME, FAMILY_NAME].map((pattern) => cell(column(pattern)));
  const organizationOf = cell(column(ORGANIZATION));
  const nameOf = (row: Row) =>
    full?.(row) || `${given?.(row)} ${family?.(row)}`.trim() || organizationOf(row);
  const numbers = headers.filter((header) => NUMBER.test(header) && !NO_NUMBER.test(header));
  const isNamed = [FULL_NAME, GIVEN_NAME, FAMILY_NAME, ORGANIZATION].some(
    (pattern) => column(pattern) !== undefined,
  );
  return isNamed && numbers.length > 0 ? { nameOf, organizationOf, numbers } : undefined;
}

function entriesOf(row: Row, { nameOf, organizationOf, numbers }: Columns, origin: string): ContactEntry[] {
  const name = nameOf(row);
  const organization = organizationOf(row) || undefined;
  return numbers.flatMap((column) => {
    const number = row[column]?.trim() ?? "";
    return name === "" || number === ""
      ? []
      : [{ name, organization, number, kind: kindIn(row, column), origin }];
  });
}

/** Google exports the kind of a number in a column beside it. */
function kindIn(row: Row, column: string): string {
  const [, phone] = /^(.+) - Value$/.exec(column) ?? [];
  return row[`${phone} - Label`] || row[`${phone} - Type`] || column;
}
