// Reads contacts from a table, as address books and spreadsheets export it.
import Papa from "papaparse";
import { type ContactColumns, contactColumns } from "../../call/contacts/contact-columns.js";
import type { ContactEntry } from "./contact-entry.js";

/** Undefined if the first line names no column for names, or none for numbers. */
export function readCsv(text: string, origin: string): ContactEntry[] | undefined {
  const { data } = Papa.parse<readonly string[]>(text, {
    skipEmptyLines: "greedy",
    delimitersToGuess: [";", ",", "\t"],
  });
  const [first = [], ...rows] = data;
  const headers = first.map((header) => header.trim());
  const columns = contactColumns(headers);
  if (columns === undefined) return undefined;
  if (columns.names.length === 0 && columns.organization === undefined) return undefined;
  return rows.flatMap((row) => entriesOf(row, headers, columns, origin));
}

function entriesOf(
  row: readonly string[],
  headers: readonly string[],
  { nameOf, organizationOf, numbers }: ContactColumns,
  origin: string,
): ContactEntry[] {
  const name = nameOf(row);
  const organization = organizationOf(row) || undefined;
  return numbers.flatMap((column) => {
    const number = row[column]?.trim() ?? "";
    return name === "" || number === ""
      ? []
      : [{ name, organization, number, kind: kindIn(row, headers, headers[column] ?? ""), origin }];
  });
}

/** Google exports the kind of a number in a column beside it. */
function kindIn(row: readonly string[], headers: readonly string[], header: string): string {
  const [, phone] = /^(.+) - Value$/.exec(header) ?? [];
  const cell = (name: string) => row[headers.indexOf(name)];
  return cell(`${phone} - Label`) || cell(`${phone} - Type`) || header;
}
