// Rows in PostgreSQL's text format of COPY.

export type CopyValue = string | number | Buffer | Date | null | undefined;

/** One row with its line break. An empty text is one; what isn't there is null. */
export function copyRow(values: readonly CopyValue[]): string {
  return `${values.map(copyValue).join("\t")}\n`;
}

function copyValue(value: CopyValue): string {
  if (value === undefined || value === null) return "\\N";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  return value instanceof Date ? value.toISOString() : `\\\\x${value.toString("hex")}`;
}

const SPECIAL = /[\\\t\n\r\0]/;

function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll("\0", "") // PostgreSQL's texts can't hold it.
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}
