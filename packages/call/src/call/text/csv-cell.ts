// A spreadsheet takes a cell with such a beginning for a formula, some also with full-width characters. If it's set to
// another separator than ours, a cell begins after that, too.
const FORMULA = /(^|[,;\t|])([ "']*)(?=[=@+\-\uff1d\uff20\uff0b\uff0d])/g;

/**
 * A cell of a CSV file (RFC 4180), for any of the usual separators. What a spreadsheet would take for a formula becomes
 * text; numbers keep their plus.
 *
 * @example
 * ```ts
 * import { csvCell } from "sipgate-call";
 *
 * console.log(["+493023125010", "=1+1", "a;b"].map(csvCell).join(";")); // +493023125010;'=1+1;"a;b"
 * ```
 */
export function csvCell(text: string): string {
  const harmless = /^[+-]\d+$/.test(text) ? text : text.replace(FORMULA, "$1$2'");
  return /[",;|\t\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
