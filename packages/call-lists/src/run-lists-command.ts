/**
 * Runs a command of call lists, as `sipgate-call list` does.
 *
 * @param words such as `["status"]`
 * @returns the exit code, one of those of `sipgate-call`
 * @throws nothing: what goes wrong is printed
 * @example
 * ```ts
 * import { runListsCommand } from "sipgate-call-lists";
 *
 * process.exitCode = await runListsCommand(["status"]);
 * ```
 */
export async function runListsCommand(words: readonly string[]): Promise<number> {
  return (await import("./commands/run.js")).run(words);
}
