import { unicodePattern } from "../../call/text/unicode-pattern.js";

const LETTER = unicodePattern(String.raw`\p{L}`, "gu");

/** Whether a text in the place of a number is meant as a name: it has more letters than digits, and isn't a link. */
export function looksLikeName(text: string): boolean {
  const letters = text.match(/^[ -~]*$/.test(text) ? /[a-z]/gi : LETTER())?.length ?? 0;
  const digits = text.match(/\d/g)?.length ?? 0;
  return letters >= 2 && letters > digits && !/[:@\\]|\/\//.test(text);
}
