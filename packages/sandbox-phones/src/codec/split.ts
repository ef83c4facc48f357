/** Splits at each separator that is neither in quotes nor in angle brackets. The parts are trimmed; none is empty. */
export function splitOutside(text: string, separator: "," | ";"): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isQuoted) {
      if (character === "\\") index += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === "<") depth += 1;
    else if (character === ">") depth = Math.max(0, depth - 1);
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** `a=b` and `c` as a map. Names are in lower case, and values without their quotes. */
export function parametersOf(parts: readonly string[]): Map<string, string> {
  return new Map(
    parts.map((part) => {
      const equals = part.indexOf("=");
      if (equals === -1) return [part.trim().toLowerCase(), ""];
      return [part.slice(0, equals).trim().toLowerCase(), unquoted(part.slice(equals + 1).trim())];
    }),
  );
}

export function unquoted(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replaceAll(/\\(.)/gs, "$1");
}
