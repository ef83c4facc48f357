/** What a situation came to. */
export interface Row {
  readonly act: string;
  readonly platform: string;
  readonly situation: string;
  /** What the user is told: a code, a cause, an exit code. */
  readonly told: string;
  readonly placed: string;
  /** How many calls the sandbox has really placed. */
  readonly calls: number;
  readonly message: string;
}

/** All rows, a block for each act and platform, and how many there are. */
export function printTable(rows: readonly Row[]): string {
  const blocks = new Map<string, Row[]>();
  for (const row of rows) {
    const title = `${row.act}, ${row.platform}`;
    blocks.set(title, [...(blocks.get(title) ?? []), row]);
  }
  const lines = [...blocks].flatMap(([title, block]) => [
    "",
    `${title}: ${block.length} situations, at most ${Math.max(...block.map(({ calls }) => calls))} call each`,
    ...block.map(({ situation, told, placed, calls, message }) =>
      `  ${situation.padEnd(44)} ${told.padEnd(22)} placed: ${placed.padEnd(8)} calls: ${calls}  ${message.slice(0, 90)}`.trimEnd(),
    ),
  ]);
  return `${lines.join("\n")}\n\n${rows.length} rows\n`;
}
