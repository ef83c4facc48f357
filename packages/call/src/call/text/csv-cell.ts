// A spreadsheet takes a cell with such a beginning for a formula, some also with full-width characters. If it's set to
// another separator than ours, a cell begins after that, too.
const FORMULA = /(^|[,;\t|])([ "']*)(?=[=@+\-\uff1d\uff20\uff0b\uff0d])/g;

/**
 * A number in international form, up to the end of its country code (ITU-T E.164). A blank after it keeps spreadsheets from
 * taking the number for an amount, which has no plus (seen with LibreOffice 7.4).
 */
const COUNTRY_CODE =
  /^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)(?=\d{4,13}$)/;

/**
 * A cell of a CSV file (RFC 4180), for any of the usual separators. What a spreadsheet would take for a formula becomes
 * text. Phone numbers get a blank after their country code, since it would take them for amounts.
 *
 * @throws nothing
 * @example
 * ```ts
 * import { csvCell } from "sipgate-call";
 *
 * console.log(["+493023125010", "=1+1", "a;b"].map(csvCell).join(";")); // +49 3023125010;'=1+1;"a;b"
 * ```
 */
export function csvCell(text: string): string {
  if (COUNTRY_CODE.test(text)) return text.replace(COUNTRY_CODE, "$& ");
  const harmless = /^[+-]\d+$/.test(text) ? text : text.replace(FORMULA, "$1$2'");
  return /[",;|\t\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
