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

export function styledFor(stream: NodeJS.WriteStream): (style: Style, text: string) => string {
  const coloured = isColoured(stream);
  return (style, text) => (coloured ? `\u001b[${ESCAPES[style]}m${text}\u001b[0m` : text);
}
