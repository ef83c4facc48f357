import { unicodePattern } from "./unicode-pattern.js";

const SHORTENED_TO = 80;

// Control, format (bidirectional marks among them), surrogate, private and unassigned characters, line
// separators, and invisible letters. Variation selectors, which emoji are written with, do no harm.
const UNPRINTABLE = unicodePattern(
  String.raw`[\p{C}\u2028\u2029\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5`,
  "gu",
);

/**
 * Text from outside made fit for a message or a terminal: control characters, escape sequences and bidirectional
 * marks are shown as their code points, and long text is shortened.
 */
export function printable(text: string, maxLength = SHORTENED_TO): string {
  const shortened = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  if (/^[ -~]*$/.test(shortened)) return shortened; // The rule above is costly to compile and rarely needed.
  return shortened.replace(
    UNPRINTABLE(),
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`,
  );
}

/** Lines of text for a terminal, each made printable. */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) => printable(line, line.length))
    .join("\n");
}
