import type { ServerSettings } from "../create-server.js";
import { firstAnswerTo } from "./first-answer.js";

/** Serves the program that has started this one, until it closes our input. */
export async function serveOverStdio(settings: ServerSettings): Promise<void> {
  const { stdin, stdout } = process;
  await new Promise((resolve) => stdin.once("readable", resolve));
  const input: Buffer | null = stdin.read();
  const answer = input === null ? undefined : firstAnswerTo(input.toString());
  // The library reads it, too.
  if (input !== null) stdin.unshift(input);
  if (answer !== undefined) await new Promise((resolve) => stdout.write(answer.line, resolve));
  const { keepHeapSmall } = await import("./small-heap.js");
  keepHeapSmall();
  const { serveProtocol } = await import("./serve-protocol.js");
  serveProtocol(settings, answer?.id);
}
