import type { Interface } from "node:readline/promises";
import { writeErr } from "./standard-streams.js";

/** Whether somebody can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks a question on the terminal. Undefined after Ctrl-D or Ctrl-C. */
export async function ask(question: string): Promise<string | undefined> {
  const { createInterface } = await import("node:readline/promises"); // Few commands ask.
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await answerTo(prompt, question);
  } finally {
    prompt.close();
  }
}

/** After Ctrl-D or Ctrl-C Node's own promise may never settle. */
function answerTo(prompt: Interface, question: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const left = () => {
      writeErr("\n"); // The cursor is still in the question's line.
      resolve(undefined);
    };
    prompt.once("close", left);
    prompt.question(question).then((answer) => {
      prompt.off("close", left);
      resolve(answer);
    }, left);
  });
}
