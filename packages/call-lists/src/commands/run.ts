/** Runs the command line of call lists. @returns the exit code */
export async function runListsCommand(words: readonly string[]): Promise<number> {
  if (words[0] === "--version") process.stdout.write(`${SIPGATE_CALL_VERSION}\n`);
  return 0;
}
