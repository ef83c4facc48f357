/** What a failure came to. */
export interface Row {
  readonly act: string;
  readonly platform: string;
  readonly failure: string;
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
    `${title}: ${block.length} failure cases, at most ${Math.max(...block.map(({ calls }) => calls))} call each`,
    ...block.map(({ failure, told, placed, calls, message }) =>
      `  ${failure.padEnd(44)} ${told.padEnd(22)} placed: ${placed.padEnd(8)} calls: ${calls}  ${message.slice(0, 90)}`.trimEnd(),
    ),
  ]);
  return `${lines.join("\n")}\n\n${rows.length} rows\n`;
}

/** What one failure came to in one runtime. */
export interface Cell {
  readonly runtime: string;
  readonly failure: string;
  /** How many orders arrived, and what the program was told of `placed`. */
  readonly text: string;
}

/** A column for each runtime. */
export function printBeside(cells: readonly Cell[]): string {
  const runtimes = [...new Set(cells.map(({ runtime }) => runtime))];
  const failureCases = [...new Set(cells.map(({ failure }) => failure))];
  const key = runtimes.map((name, index) => `  ${index + 1}: ${name}`);
  const rows = failureCases.map((failure) => {
    const texts = runtimes.map(
      (name) => cells.find((cell) => cell.runtime === name && cell.failure === failure)?.text ?? "",
    );
    return `  ${failure.padEnd(44)} ${texts.map((text) => text.padEnd(10)).join("")}`.trimEnd();
  });
  const head = `  ${"".padEnd(44)} ${runtimes.map((_, index) => String(index + 1).padEnd(10)).join("")}`;
  const title = "call requests that arrived in each runtime, and what the program was told of `placed`:";
  return `\n${[title, ...key, head.trimEnd(), ...rows].join("\n")}\n`;
}
