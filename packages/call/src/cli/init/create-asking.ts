import type { Output } from "../terminal/output.js";
import { askPipe } from "./ask-pipe.js";
import { type Asking, nobodyAnswers } from "./asking.js";

/** @throws InvalidSettingsError if nobody can be asked */
export async function createAsking(output: Output): Promise<Asking> {
  if (!process.stdin.isTTY) return askPipe(output);
  // Questions go to a terminal; if it were read like a pipe, it would show the token.
  if (!process.stderr.isTTY) throw nobodyAnswers();
  return (await import("./ask-terminal.js")).askTerminal();
}
