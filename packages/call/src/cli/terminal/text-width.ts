// How many columns of a terminal a text takes.
import { unicodePattern } from "../../call/text/unicode-pattern.js";

/** Around a part that has a style of its own (prose.ts). Text from outside has no such characters, and none is shown. */
export const [BEGIN, END] = ["\u0001", "\u0002"];
const withoutMarks = (text: string) =>
  text
    .split(BEGIN)
    .map((part, at) => (at === 0 ? part : part.slice(1)))
    .join("")
    .replaceAll(END, "");

/** Letters of East Asian scripts and emoji take two columns; marks that sit on another letter take none. */
const WIDE = unicodePattern(
  String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60\uffe0-\uffe6\u3000-\u303e]`,
  "u",
);
const NARROWEST = unicodePattern(String.raw`\p{M}|[\u200b-\u200d]|\ufe0e|\ufe0f`, "u");

export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...withoutMarks(text)].reduce((width, letter) => width + widthOfLetter(letter), 0);
}

function widthOfLetter(letter: string): number {
  if (NARROWEST().test(letter)) return 0;
  return WIDE().test(letter) ? 2 : 1;
}

/** Cuts a text to a width, with `…` in place of what is left out. */
export function cutTo(width: number, text: string): string {
  if (widthOf(text) <= width) return text;
  let cut = "";
  let used = 0;
  for (const letter of text) {
    used += widthOfLetter(letter);
    if (used > width - 1) break;
    cut += letter;
  }
  return width < 1 ? "" : `${cut.trimEnd()}…`;
}

export function padTo(width: number, text: string): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Breaks a text between words. Undefined if a word is wider than a line. */
export function wrapped(text: string, width: number): string[] | undefined {
  return text.split(" ").some((word) => widthOf(word) > width) ? undefined : broken(text, width);
}

/** Breaks a text between words. One that is wider than a line, such as an address, stands alone and whole. */
export function broken(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    const isFull = widthOf(longer) > width && line !== "";
    if (isFull) lines.push(line);
    line = isFull ? word : longer;
  }
  return [...lines, line];
}

/** Columns of the terminal's window; no end without a terminal. Some terminals report no width. */
export function windowWidth(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY;
}
