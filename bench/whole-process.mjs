import { execFile } from "node:child_process";
import { promisify } from "node:util";

let called = 0;

/**
 * Time that a command takes in all, and the CPU of its whole process, in milliseconds: the mean of several runs, since
 * the shell that tells it counts in milliseconds. It has to succeed.
 */
export async function wholeProcess(command, { env, runs }) {
  // Another number each time: the same call within seconds is taken for a double click.
  const callees = Array.from({ length: runs }, () => `+493023125${700 + (called++ % 300)}`);
  const loop = `TIMEFORMAT="%3R %3U %3S"; time for n in ${callees.join(" ")}; do SIPGATE_CALLEE=$n "$@" || exit 1; done`;
  // --norc: with a socket as its input, bash takes itself for a remote shell and would read ~/.bashrc, which may well
  // set NODE_EXTRA_CA_CERTS.
  const run = promisify(execFile);
  const { stdout, stderr } = await run("bash", ["--norc", "-c", loop, "bash", ...command], { env });
  const [wall, user, system] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  const each = (seconds) => (seconds * 1000) / runs;
  return { stdout, cpu: each(user + system), wall: each(wall) };
}
