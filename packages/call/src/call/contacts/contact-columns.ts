// Which columns of a table hold names and numbers, as address books and spreadsheets name them in English or German.

/** Where a table of contacts has what. Cells are given in the order of the columns. */
export interface ContactColumns {
  /** Empty if the row has none. */
  readonly nameOf: (cells: readonly string[]) => string;
  /** Empty if the row has none. */
  readonly organizationOf: (cells: readonly string[]) => string;
  /** The places of the columns with phone numbers, from 0. At least one. */
  readonly numbers: readonly number[];
  /** The places of all columns that names are made of. */
  readonly names: readonly number[];
  /** The place of the column with the company; undefined if there is none. */
  readonly organization: number | undefined;
}

const FULL_NAME = /^(?:(?:full|display|contact) ?)?name$|^(?:anzeigename|kontakt|ansprechpartner)$/i;
const GIVEN_NAME = /^(?:given|first) ?name$|^vorname$/i;
const FAMILY_NAME = /^(?:family|last) ?name$|^(?:nachname|familienname)$/i;
const ORGANIZATION = /^(?:company|organi[sz]ation|firma|unternehmen)\b/i;
const NUMBER = /phone|tel(?:efon)?(?:nummer)?\b|mobil|handy|rufnummer|^(?:number|nummer)$/i;
/** Columns about numbers that hold none to call. */
const NO_NUMBER = /fax|(?:type|label|typ|art)$/i;

/**
 * Recognises the columns of a table by its first line, in English or German.
 *
 * @returns undefined if no column is for phone numbers
 * @throws nothing
 * @example
 * ```ts
 * import { contactColumns } from "sipgate-call";
 *
 * console.log(contactColumns(["Vorname", "Nachname", "Telefon"])?.numbers); // [ 2 ]
 * ```
 */
export function contactColumns(headers: readonly string[]): ContactColumns | undefined {
  const column = (pattern: RegExp) => {
    const index = headers.findIndex((header) => pattern.test(header.trim()));
    return index === -1 ? undefined : index;
  };
  const cell = (index: number | undefined) => (cells: readonly string[]) =>
    index === undefined ? "" : (cells[index]?.trim() ?? "");
  const [full, given, family, organization] = [FULL_NAME, GIVEN_NAME, FAMILY_NAME, ORGANIZATION].map(column);
  const [fullOf, givenOf, familyOf, organizationOf] = [
    cell(full),
    cell(given),
    cell(family),
    cell(organization),
  ];
  const numbers = headers.flatMap((header, index) => (isNumber(header.trim()) ? [index] : []));
  if (numbers.length === 0) return undefined;
  return {
    nameOf: (cells) =>
      fullOf(cells) || `${givenOf(cells)} ${familyOf(cells)}`.trim() || organizationOf(cells),
    organizationOf,
    numbers,
    names: [full, given, family].filter((index) => index !== undefined),
    organization,
  };
}

const isNumber = (header: string) => NUMBER.test(header) && !NO_NUMBER.test(header);
