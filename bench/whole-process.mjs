import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = mkdtempSync(join(tmpdir(), "sipgate-call-bench-"));
process.once("exit", () => rmSync(root, { recursive: true }));

/** A folder that's gone with this process. */
export function temporaryFolder() {
  return mkdtempSync(join(root, "run-"));
}

const LOOP =
  'TIMEFORMAT="%3R %3U %3S"; time for callee in $CALLEES; do SIPGATE_CALLEE=$callee "$@" || exit 1; done';

/**
 * Time that a command takes in all, and the CPU of its whole process, in milliseconds: the mean of calls to each of
 * these, since the shell that tells it counts in milliseconds. It has to succeed.
 */
export async function wholeProcess(command, env, callees) {
  // --norc: with a socket as its input, bash takes itself for a remote shell and would read ~/.bashrc, which may well
  // set NODE_EXTRA_CA_CERTS.
  const { stdout, stderr } = await promisify(execFile)("bash", ["--norc", "-c", LOOP, "bash", ...command], {
    env: { ...env, CALLEES: callees.join(" ") },
  });
  const [wall, user, system] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  const each = (seconds) => (seconds * 1000) / callees.length;
  return { stdout, cpu: each(user + system), wall: each(wall) };
}
