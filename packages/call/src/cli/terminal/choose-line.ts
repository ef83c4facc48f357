// Lets the user choose one of several lines: with the arrow keys, or by number if the window is too narrow for that.
import { ask } from "./ask.js";
import { canRedraw } from "./live-line.js";
import { writeErr } from "./standard-streams.js";
import { broken, widthOf, windowWidth } from "./text-width.js";

/** The mark, spaces and frame of the selection. */
const BESIDE_LINE = 8;
const MOST_SHOWN = 12;

/**
 * @param question such as `Which call?`
 * @returns the index of the chosen line; undefined if the user left
 */
export async function chooseLine(question: string, lines: readonly string[]): Promise<number | undefined> {
  // Lines that wrap would be redrawn in the wrong place.
  const fits = lines.every((line) => widthOf(line) + BESIDE_LINE <= windowWidth(process.stderr));
  return canRedraw() && fits ? byArrowKeys(question, lines) : byNumber(question, lines);
}

async function byArrowKeys(message: string, lines: readonly string[]): Promise<number | undefined> {
  const { select } = await import("./prompts.js");
  const options = lines.map((label, value) => ({ value, label }));
  const chosen = await select({ message, options, maxItems: MOST_SHOWN, output: process.stderr });
  return typeof chosen === "symbol" ? undefined : chosen; // A symbol comes after Ctrl-C or Escape.
}

async function byNumber(question: string, lines: readonly string[]): Promise<number | undefined> {
  for (const [index, line] of lines.entries()) writeErr(numbered(index + 1, line));
  for (;;) {
    const answer = (await ask(`${question.replace("?", `, 1 to ${lines.length}?`)} `))?.trim();
    if (answer === undefined || /^(?:n|no|q)?$/i.test(answer)) return undefined;
    if (/^\d{1,4}$/.test(answer) && lines[Number(answer) - 1] !== undefined) return Number(answer) - 1;
  }
}

/** Broken between words, and indented below the first. */
function numbered(number: number, line: string): string {
  const start = `  ${number}  `;
  const [first = "", ...others] = broken(line, windowWidth(process.stderr) - start.length);
  return [start + first, ...others.map((other) => " ".repeat(start.length) + other), ""].join("\n");
}
