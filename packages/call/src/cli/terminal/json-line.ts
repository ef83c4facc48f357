// One line of JSON that is harmless to a terminal: other characters are escaped as JSON does it, and nothing is lost.
import { unicodePattern } from "../../call/text/unicode-pattern.js";

const UNPRINTABLE = unicodePattern(String.raw`[\u007f-\u009f\p{Cf}\u2028\u2029]`, "gu");

export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value);
  if (/^[ -~]*$/.test(json)) return json; // The rule above is costly to compile and rarely needed.
  return json.replace(UNPRINTABLE(), (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
