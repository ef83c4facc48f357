const SHORTENED_TO = 80;

// Control, format (bidirectional marks among them), surrogate, private and unassigned characters, line separators.
const UNPRINTABLE = /[\p{C}\u2028\u2029]/gu;

/**
 * Text from outside made fit for a message or a terminal: control characters, escape sequences and bidirectional
 * marks are shown as their code points, and long text is shortened.
 */
export function printable(text: string, maxLength = SHORTENED_TO): string {
  const shortened = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  if (/^[ -~]*$/.test(shortened)) return shortened; // The rule below is costly to compile and rarely needed.
  return shortened.replace(
    UNPRINTABLE,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`,
  );
}
