// Runs the command line in a terminal, as somebody who looks on and presses keys.
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { vi } from "vitest";
import { freshState, shellCommand } from "./terminal.js";

export interface Terminal {
  /** Waits until the screen has shown a text since the last key. */
  sees(text: string): Promise<void>;
  press(keys: string): void;
  /** Everything shown so far, without escape sequences. */
  shown(): string;
  readonly exitCode: Promise<number | null>;
}

/** What a command that asks nothing shows in a window, without escape sequences. */
export async function onScreen(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  columns: number,
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const terminal = openTerminal(args, env, columns);
  const code = await terminal.exitCode;
  return { code, shown: terminal.shown().replaceAll("\r", "") };
}

/** @param columns width of the window */
export function openTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  columns = 100,
): Terminal {
  const child = spawn(
    "script",
    ["-qfec", `stty cols ${columns} rows 30; ${shellCommand(args)}`, "/dev/null"],
    {
      cwd: tmpdir(),
      env: {
        PATH: process.env.PATH,
        XDG_STATE_HOME: freshState(),
        TERM: "xterm",
        LANG: "C.UTF-8",
        SHELL: "/bin/sh",
        ...env,
      },
    },
  );
  let shown = "";
  let sinceKey = 0;
  child.stdout.on("data", (data) => {
    shown += data;
  });
  return {
    sees: (text) =>
      vi.waitFor(
        () => {
          const fresh = stripVTControlCharacters(shown.slice(sinceKey));
          if (!fresh.includes(text)) throw new Error(`"${text}" isn't there yet, but:\n${fresh}`);
        },
        { timeout: 15_000, interval: 20 },
      ),
    press(keys) {
      sinceKey = shown.length;
      child.stdin.write(keys);
    },
    shown: () => stripVTControlCharacters(shown),
    exitCode: new Promise((resolve) => child.on("close", resolve)),
  };
}
