export type Style = "bold" | "dim" | "red" | "yellow" | "green";
const ESCAPES: Readonly<Record<Style, string>> = {
  bold: "1",
  dim: "2",
  red: "31",
  yellow: "33",
  green: "32",
};

/** Colours are for terminals, unless NO_COLOR is set (no-color.org). */
export function isColoured(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}

/** Whether signs such as ✓ can be shown and stand out. Words are for everything else: pipes, NO_COLOR, other encodings. */
export function takesMarks(stream: NodeJS.WriteStream): boolean {
  return isColoured(stream) && isUtf8();
}

/** By the locale, as programs of the system tell (POSIX). Terminals of Windows take UTF-8 from Node. */
export function isUtf8(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  return process.platform === "win32" || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "");
}

export function styledFor(stream: NodeJS.WriteStream): (style: Style, text: string) => string {
  const coloured = isColoured(stream);
  return (style, text) => (coloured ? `\u001b[${ESCAPES[style]}m${text}\u001b[0m` : text);
}
