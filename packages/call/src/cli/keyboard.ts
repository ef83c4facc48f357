/** Single keys, as they're pressed. Ctrl-C is one of them: while this is open it sends no signal. */
export interface Keyboard {
  /** The next key goes to whoever asks, instead of to `onKey`. */
  next(): Promise<string>;
  /** Gives the terminal back as it was. */
  close(): void;
}

export const CTRL_C = "\u0003";
const ESCAPE = "\u001b";
// An arrow key or the like comes as an escape and more, whose letters are no keys (ECMA-48).
const SEQUENCE = new RegExp(`${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|O.|[^\\[O])?`, "g");

/** Opens the terminal's keyboard; undefined where there is none. */
export function openKeyboard(onKey: (key: string) => void): Keyboard | undefined {
  const { stdin } = process;
  if (!stdin.isTTY) return undefined;
  let asked: ((key: string) => void) | undefined;
  const take = (key: string) => {
    const answer = asked ?? onKey;
    asked = undefined;
    answer(key);
  };
  const onData = (chunk: Buffer) => {
    for (const key of chunk.toString("utf8").replace(SEQUENCE, ESCAPE)) take(key);
  };
  stdin.setRawMode(true);
  stdin.on("data", onData);
  stdin.resume();
  return {
    next: () =>
      new Promise((resolve) => {
        asked = resolve;
      }),
    close() {
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
