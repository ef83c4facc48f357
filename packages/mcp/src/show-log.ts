import { inWords, readAuditLog } from "./audit-log.js";
import { stateFolder } from "./files/folders.js";

/** Prints what the tools did, oldest first. */
export function showLog({ sandbox, json }: { readonly sandbox: boolean; readonly json: boolean }): number {
  const lines = readAuditLog(stateFolder(sandbox));
  for (const line of lines) process.stdout.write(`${json ? line : inWords(line)}\n`);
  if (lines.length === 0) process.stderr.write("Nothing yet.\n");
  return 0;
}
