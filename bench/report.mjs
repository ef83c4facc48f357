// Results as tables, as JSON, and held against an earlier run's.
import { arch, cpus, platform, release, totalmem } from "node:os";
import { summary } from "./measure.mjs";

export function machine() {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return {
    cpu: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${gigabytes} GB`,
    node: process.version,
    os: `${platform()} ${release()} ${arch()}`,
  };
}

/** A table with medians and quartiles in place of samples. */
export function summarized({ title, samples, targets = [] }) {
  const rows = Object.entries(samples).map(([name, columns]) => [
    name,
    Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, summary(values)])),
  ]);
  return { title, rows: Object.fromEntries(rows), targets };
}

export function tableText({ title, rows, targets }) {
  const columns = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
  const lines = Object.entries(rows).map(([name, row]) => [
    name,
    ...columns.map((column) => cell(row[column])),
  ]);
  return [
    `\n## ${title}\n`,
    ...aligned([["", ...columns], ...lines]),
    ...targets.map(({ text, value, isMet }) => `${isMet ? "met:   " : "MISSED:"} ${text}: ${number(value)}`),
  ].join("\n");
}

/** What differs from an earlier run by more than the quartiles of both. */
export function comparisonText(tables, earlier) {
  const lines = [];
  let held = 0;
  let once = 0;
  for (const { title, rows } of tables) {
    const before = earlier.find((table) => table.title === title)?.rows ?? {};
    for (const [name, row] of Object.entries(rows)) {
      for (const [column, now] of Object.entries(row)) {
        const then = before[name]?.[column];
        if (then === undefined) continue;
        if (now.from <= then.to && then.from <= now.to) held += 1;
        else if (now.from === now.to && then.from === then.to) once += 1;
        else lines.push([title, name, column, cell(then), "→", cell(now)]);
      }
    }
  }
  const heading = `\n## Compared: ${held} figures agree within their quartiles, ${lines.length} don't; ${once} were measured once and have none\n`;
  return [heading, ...aligned(lines)].join("\n");
}

function cell(value) {
  if (value === undefined) return "";
  const { median, from, to } = value;
  return from === to ? number(median) : `${number(median)} (${number(from)}–${number(to)})`;
}

/** Three digits that matter. */
function number(value) {
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

function aligned(lines) {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line
      .map((text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column])))
      .join("  "),
  );
}
