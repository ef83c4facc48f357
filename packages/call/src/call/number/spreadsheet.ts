// What spreadsheets and CSV files turn phone numbers into if they take them for amounts.
import { printable } from "../text/printable.js";
import type { Doubt } from "./phone-number-result.js";

const AS_TEXT = "Format the column as text, or write the number like +49 30 23125 000.";

/** The text without decimals that are zero, or what it leaves open; any other text as it is. */
export function withoutDecimals(text: string): string | Doubt {
  if (/^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text))
    return doubt(text, "is a number that a spreadsheet has shortened: digits are lost.", []);
  const [, whole, point, zeros] = /^(\+?\d+)([.,])(0+)$/.exec(text) ?? [];
  if (whole !== undefined && zeros !== undefined) {
    if (zeros.length <= 2) return whole;
    return doubt(text, "may have decimals.", point === "." ? [whole, whole + zeros] : [whole]);
  }
  const thousands =
    /^([1-9]\d{0,2}(?:[,']\d{3})+)(?:\.\d+)?$/.exec(text) ?? /^([1-9]\d{0,2}(?:\.\d{3})+),\d+$/.exec(text);
  if (thousands?.[1] === undefined) return text;
  return doubt(text, "is written like an amount.", [thousands[1].replace(/\D/g, "")]);
}

function doubt(text: string, what: string, candidates: readonly string[]): Doubt {
  return { code: "spreadsheet", message: `"${printable(text)}" ${what}`, remedy: AS_TEXT, candidates };
}
