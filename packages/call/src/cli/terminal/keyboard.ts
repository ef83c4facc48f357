import { readFileSync } from "node:fs";

/** Single keys as they're pressed. Ctrl-C is one of them: while this is open, it sends no signal. */
export interface Keyboard {
  /** The next key, which then doesn't go to `onKey`. */
  next(): Promise<string>;
  /** Restores the terminal. */
  close(): void;
}

export const CTRL_C = "\u0003";
const CTRL_Z = "\u001a";
const ESCAPE = "\u001b";
// An arrow key or the like sends an escape sequence, whose letters aren't keys (ECMA-48).
const SEQUENCE = new RegExp(`${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|O.|[^\\[O])?`, "g");

/** Opens the terminal's keyboard; undefined if there is none, or another program has it now. */
export function openKeyboard(onKey: (key: string) => void): Keyboard | undefined {
  const { stdin } = process;
  if (!stdin.isTTY || isInBackground()) return undefined;
  let asked: ((key: string) => void) | undefined;
  const take = (key: string) => {
    const answer = asked ?? onKey;
    asked = undefined;
    answer(key);
  };
  const onData = (chunk: Buffer) => {
    for (const key of chunk.toString("utf8").replace(SEQUENCE, ESCAPE)) {
      if (key === CTRL_Z) suspend();
      else take(key);
    }
  };
  /** After a stop, the shell has changed the terminal's mode. */
  const resume = () => {
    if (isInBackground()) return;
    stdin.setRawMode(false);
    stdin.setRawMode(true);
  };
  const suspend = () => {
    stdin.setRawMode(false);
    process.kill(process.pid, "SIGTSTP");
  };
  stdin.setRawMode(true);
  stdin.on("data", onData);
  stdin.resume();
  process.on("SIGCONT", resume);
  return {
    next: () =>
      new Promise((resolve) => {
        asked = resolve;
      }),
    close() {
      process.off("SIGCONT", resume);
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

/**
 * Whether another program has the terminal now, as after `&`: reading its keyboard would stop this one. Linux tells it in
 * the 5th and 8th field of /proc/self/stat (proc(5)); elsewhere it isn't known.
 */
function isInBackground(): boolean {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const [, , group, , , foreground] = fields;
    return group !== foreground;
  } catch {
    return false;
  }
}
