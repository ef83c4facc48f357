import { printable } from "../../call/text/printable.js";
import type { Output } from "./output.js";
import { broken, windowWidth } from "./text-width.js";

/** A result with a label in front: what doesn't fit beside it continues below, indented. Not with --json. */
export function showBeside(label: string, text: string, output: Output): void {
  const width = windowWidth(process.stdout) - label.length;
  const [beside = "", ...below] = broken(printable(text, text.length), width);
  output.row(label + beside);
  for (const line of below) output.row(" ".repeat(label.length) + line);
}
