/** Splits at each separator that is neither in quotes nor in angle brackets. The parts are trimmed; none is empty. */
export function splitOutside(text: string, separator: "," | ";"): string[] {
  const parts: string[] = [];
  const add = (part: string): void => {
    const trimmed = part.trim();
    if (trimmed !== "") parts.push(trimmed);
  };
  if (!text.includes(separator)) {
    add(text);
    return parts;
  }
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
      add(text.slice(start, index));
      start = index + 1;
    }
  }
  add(text.slice(start));
  return parts;
}

/** `a=b` and `c` as a map. Names are in lower case, and values without their quotes. */
export function parametersOf(parts: readonly string[]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf("=");
    if (equals === -1) parameters.set(part.trim().toLowerCase(), "");
    else parameters.set(part.slice(0, equals).trim().toLowerCase(), unquoted(part.slice(equals + 1).trim()));
  }
  return parameters;
}

export function unquoted(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replaceAll(/\\(.)/gs, "$1");
}
