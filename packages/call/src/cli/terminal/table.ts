// Tables that fit the window. Columns give way in a fixed order; in a narrow window an entry takes two lines.
import { printable } from "../../call/text/printable.js";
import type { Output } from "./output.js";
import { cutTo, padTo, widthOf, windowWidth, wrapped } from "./text-width.js";

export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => string;
  /** In a window that is too narrow, columns give way in this order, 1 first. Without it, a column keeps its width. */
  readonly givesWay?: number;
  /** It breaks between words instead of being cut. */
  readonly wraps?: true;
  /** Whether it goes to the second line of an entry in a narrow window. */
  readonly second?: true;
}

const GAP = 2;
const LEAST = 6;
/** With less room than this, an entry takes two lines if it doesn't fit. */
const NARROW = 58;
const INDENT = "  ";

/** How wide each column is; `undefined` if entries take two lines. */
type Widths = readonly number[] | undefined;

/** Shows rows in columns under headings; nothing if there are no rows. Not with --json. */
export function showTable<Row>(output: Output, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  startTable(output, columns)(rows);
}

/**
 * A table whose rows come bit by bit. Those that come first decide how wide its columns are. On a terminal it's indented; a
 * program that reads it gets its first column at the beginning of the line.
 */
export function startTable<Row>(
  output: Output,
  columns: readonly Column<Row>[],
): (rows: readonly Row[]) => void {
  const indent = process.stdout.isTTY ? INDENT : "";
  const window = windowWidth(process.stdout) - indent.length;
  let widths: Widths;
  let isBegun = false;
  return (rows) => {
    if (output.json || rows.length === 0) return;
    const cells = rows.map((row) =>
      columns.map(({ cell }) => {
        const text = cell(row);
        return printable(text, text.length);
      }),
    );
    if (!isBegun) {
      isBegun = true;
      widths = widthsFor(columns, cells, window);
      if (widths !== undefined)
        output.heading(
          indent +
            oneLine(
              columns.map(({ heading }) => heading),
              widths,
            ),
        );
    }
    for (const row of cells)
      for (const line of widths === undefined
        ? twoLines(columns, row, window)
        : linesOf(columns, row, widths, window))
        output.row(indent + line);
  };
}

function widthsFor(columns: readonly Column<never>[], rows: readonly string[][], window: number): Widths {
  const widths = columns.map(({ heading }, at) =>
    Math.max(widthOf(heading), ...rows.map((row) => widthOf(row[at] ?? ""))),
  );
  let excess = widths.reduce((sum, width) => sum + width + GAP, -GAP) - window;
  if (excess > 0 && window < NARROW) return undefined;
  for (const at of inOrder(columns)) {
    if (excess <= 0) break;
    const width = widths[at] ?? 0;
    const least = Math.min(
      width,
      leastWidth(
        columns[at],
        rows.map((row) => row[at] ?? ""),
      ),
    );
    const given = Math.min(excess, width - least);
    widths[at] = width - given;
    excess -= given;
  }
  return excess > 0 ? undefined : widths;
}

/** A column that breaks between words needs room for the longest of them. */
function leastWidth(column: Column<never> | undefined, cells: readonly string[]): number {
  const words = column?.wraps ? cells.flatMap((cell) => cell.split(" ")) : [];
  return Math.max(LEAST, widthOf(column?.heading ?? ""), ...words.map(widthOf));
}

/** The places of the columns that give way, in that order. */
function inOrder(columns: readonly Column<never>[]): number[] {
  return columns
    .flatMap(({ givesWay }, at) => (givesWay === undefined ? [] : [{ givesWay, at }]))
    .sort((a, b) => a.givesWay - b.givesWay)
    .map(({ at }) => at);
}

function linesOf(
  columns: readonly Column<never>[],
  row: readonly string[],
  widths: readonly number[],
  window: number,
): string[] {
  // Of a table that came bit by bit, a later cell may be wider. Without a window it stays whole.
  const parts = row.map((cell, at) => {
    const width = widths[at] ?? 0;
    if (window === Number.POSITIVE_INFINITY || widthOf(cell) <= width) return [cell];
    return (columns[at]?.wraps ? wrapped(cell, width) : undefined) ?? [cutTo(width, cell)];
  });
  const height = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    oneLine(
      parts.map((part) => part[line] ?? ""),
      widths,
    ),
  );
}

function oneLine(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => padTo(widths[at] ?? 0, cell))
    .join(" ".repeat(GAP))
    .trimEnd();
}

function twoLines(columns: readonly Column<never>[], row: readonly string[], window: number): string[] {
  const of = (isSecond: boolean) =>
    row.filter((cell, at) => cell !== "" && (columns[at]?.second === true) === isSecond).join("  ");
  const [first, second] = [of(false), of(true)];
  return [cutTo(window, first), ...(second === "" ? [] : [cutTo(window, `${INDENT}${INDENT}${second}`)])];
}
