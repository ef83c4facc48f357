export type Style = "bold" | "dim" | "red" | "yellow";
const ESCAPES: Readonly<Record<Style, string>> = { bold: "1", dim: "2", red: "31", yellow: "33" };

/** Colours are for terminals, unless NO_COLOR is set (no-color.org). */
export function styledFor(stream: NodeJS.WriteStream): (style: Style, text: string) => string {
  const coloured = stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return (style, text) => (coloured ? `\u001b[${ESCAPES[style]}m${text}\u001b[0m` : text);
}
