// The checks of a preflight for people: marks in colour on a terminal, words elsewhere.
import type { Check } from "../call/preflight/check.js";
import { printableLines } from "../call/text/printable.js";
import { inCommandWords } from "./terminal/command-words.js";
import type { Output } from "./terminal/output.js";
import { marked, prose } from "./terminal/prose.js";
import { showBeside } from "./terminal/show-beside.js";
import { type Style, takesMarks } from "./terminal/style.js";
import { broken, windowWidth } from "./terminal/text-width.js";

const MARKS: Readonly<Record<Check["result"], readonly [word: string, mark: string, style: Style]>> = {
  ok: ["ok", "✓", "green"],
  warning: ["doubtful", "!", "yellow"],
  failed: ["FAILED", "✗", "red"],
  unchecked: ["unknown", "?", "dim"],
};
const WORDS = 10;
const NAMES = 16;

export function showChecks(checks: readonly Check[], output: Output): void {
  for (const check of checks) for (const line of linesFor(check)) output.verbatim(line);
}

/** A line above the checks. */
export function showBeforeChecks(name: string, text: string, output: Output): void {
  showBeside(takesMarks(process.stdout) ? name.padEnd(NAMES) : `${name}: `, text, output);
}

function linesFor({ name, result, message, remedy }: Check): string[] {
  const [word, mark, style] = MARKS[result];
  const isMarked = takesMarks(process.stdout);
  const first = isMarked ? `${mark} ${name}`.padEnd(NAMES) : word.padEnd(WORDS);
  const texts = [isMarked ? message : `${name}: ${message}`, ...(result === "ok" ? [] : [remedy])];
  const width = windowWidth(process.stdout) - first.length;
  const [beside = "", ...below] = texts
    .filter((text) => text !== "")
    .flatMap((text) => lines(inCommandWords(printableLines(text)), width));
  const start = isMarked ? marked(style, mark) + first.slice(mark.length) : first;
  return [start + beside, ...below.map((line) => " ".repeat(first.length) + line)].map((line) =>
    prose(line, process.stdout),
  );
}

function lines(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => broken(line, width));
}
