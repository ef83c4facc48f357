// What commands print, and the answers that they read: by lines, from a keyboard or another program.
import { createInterface, type Interface } from "node:readline";

export interface Terminal {
  /** Whether programs read it. */
  readonly isJson: boolean;
  /** The result: text for people, or an object with --json. */
  show(text: string, object: object): void;
  /** Goes to standard error. */
  note(text: string): void;
  /**
   * Asks a question.
   *
   * @param withinMs after which no answer is waited for
   * @returns the line that was typed, without blanks at its ends; undefined if there is none any more, or the time is over
   */
  ask(question: string, withinMs?: number): Promise<string | undefined>;
  /** Whether nothing more can be typed. */
  readonly isClosed: boolean;
  close(): void;
}

export function createTerminal(isJson: boolean): Terminal {
  const lines: string[] = [];
  let reader: Interface | undefined;
  let isClosed = false;
  let wake = () => {};

  const listen = () => {
    reader ??= createInterface({ input: process.stdin })
      .on("line", (line) => {
        lines.push(line);
        wake();
      })
      .on("close", () => {
        isClosed = true;
        wake();
      });
  };

  return {
    isJson,
    show: (text, object) =>
      void process.stdout.write(`${isJson ? JSON.stringify(object) : printable(text)}\n`),
    note: (text) => void process.stderr.write(`${printable(text)}\n`),
    async ask(question, withinMs) {
      process.stderr.write(`${printable(question)} `);
      listen();
      if (lines.length === 0 && !isClosed) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (withinMs !== undefined) timer = setTimeout(resolve, withinMs);
        });
        clearTimeout(timer);
      }
      process.stderr.write("\n");
      return lines.shift()?.trim();
    },
    get isClosed() {
      return isClosed && lines.length === 0;
    },
    close: () => reader?.close(),
  };
}

// Names and notes come from files of others: control and format characters among them would change what is seen.
const UNPRINTABLE = /[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu;

function printable(text: string): string {
  return text.replace(UNPRINTABLE, "�");
}
