import type { Output } from "../terminal/output.js";
import { askPipe } from "./ask-pipe.js";
import { type Asking, nobodyAnswers } from "./asking.js";

/** @throws InvalidSettingsError where there is nobody to ask */
export async function createAsking(output: Output): Promise<Asking> {
  if (!process.stdin.isTTY) return askPipe(output);
  // Questions go where a human sees them; from a terminal, a token that's read like a pipe would be shown.
  if (!process.stderr.isTTY) throw nobodyAnswers();
  return (await import("./ask-terminal.js")).askTerminal();
}
