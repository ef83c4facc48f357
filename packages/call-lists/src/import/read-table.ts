// The rows of a CSV file, by papaparse, piece by piece.
import Papa from "papaparse";
import { ListsError } from "../lists-error.js";

export interface TableRow {
  /** The line of the file that it begins in, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a row may have at most. More is a quotation mark that isn't closed. */
const LONGEST_ROW = 1_000_000;

const SEPARATORS = [";", ",", "\t", "|"];

/**
 * What separates the cells: the one that makes most columns of the first line.
 *
 * @param head the file's beginning
 */
export function separatorOf(head: string): string {
  const columns = (delimiter: string) =>
    Papa.parse<readonly string[]>(head, { delimiter, preview: 1 }).data[0]?.length ?? 0;
  return SEPARATORS.reduce((best, each) => (columns(each) > columns(best) ? each : best));
}

/**
 * Reads rows, many at a time. Empty ones are left out.
 *
 * @param text whose lines end with `\n`
 * @throws ListsError if a quotation mark isn't closed
 */
export async function* readTable(
  text: AsyncIterable<string>,
  separator: string,
): AsyncGenerator<readonly TableRow[]> {
  let rest = "";
  let line = 1;
  for await (const piece of text) {
    rest += piece;
    const { data, meta } = parse(rest, separator);
    const rows: TableRow[] = [];
    for (const cells of data) {
      if (cells.some((cell) => cell !== "")) rows.push({ line, cells });
      line += 1 + lineBreaksIn(cells);
    }
    rest = rest.slice(meta.cursor);
    if (rest.length > LONGEST_ROW) throw notClosed(line);
    if (rows.length > 0) yield rows;
  }
  if (rest !== "") throw notClosed(line);
}

/** All rows that are complete. What follows them may go on in the next piece. */
function parse(text: string, separator: string): Papa.ParseResult<string[]> {
  return new Papa.Parser({ delimiter: separator, newline: "\n" }).parse(text, 0, true);
}

function lineBreaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.includes("\n")) count += cell.split("\n").length - 1;
  return count;
}

function notClosed(line: number): ListsError {
  return new ListsError(
    "file",
    `In line ${line}, a quotation mark begins a cell that isn't closed.`,
    "Write two quotation marks for one within a cell, or export the file again.",
  );
}
