import { spawnSync } from "node:child_process";

// The shell counts in milliseconds: each measurement repeats the command, so that a millisecond is a small part of it.
const REPEATED = 5;

/** CPU that a command takes, user and system time of its whole process, in milliseconds. It has to succeed. */
export function cpuOf(command, env) {
  // No input: with a socket as its input, bash takes itself for a remote shell and reads ~/.bashrc, which may well
  // set NODE_EXTRA_CA_CERTS.
  const loop = `for _ in ${"x ".repeat(REPEATED)}; do "$@" >/dev/null || exit 1; done; times`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", loop, "bash", ...command], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status !== 0) throw new Error(`${command.join(" ")} failed: ${stderr}`);
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  const seconds = parts.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
  return (seconds * 1000) / REPEATED;
}
