// Processes as they run in containers: for root on Linux, each is the first one (PID 1) of a PID namespace of its own, and all
// have the same host name. Elsewhere they are plain processes.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const UNSHARE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];
export const isContained = spawnSync(UNSHARE[0], [...UNSHARE.slice(1), "true"]).status === 0;
const HALTER = fileURLToPath(new URL("halt-at-step.cjs", import.meta.url));

/**
 * Starts a script of Node's.
 *
 * @param haltAt at which step to halt it; see halt-at-step.cjs
 * @returns `halted`: once it is there. `printed`: when it has ended, what it has printed; undefined if that's nothing.
 * `signal`: signals the process itself. `goOn`: ends the halt.
 */
export function startContained(args, env, haltAt) {
  const own = [process.execPath, "--require", HALTER, ...args];
  const [command, ...rest] = isContained ? [...UNSHARE, ...own] : own;
  const child = spawn(command, rest, {
    env: { ...process.env, ...env, HALT_AT: haltAt ?? "" },
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
  });
  child.stderr.on("data", (data) => {
    // unshare says so of each process that was killed.
    if (!String(data).startsWith("unshare: sigprocmask")) process.stderr.write(data);
  });
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stdio[4].on("error", () => {}); // It may be killed already.
  return {
    halted: new Promise((resolve) => child.stdio[3].once("data", resolve)),
    printed: new Promise((resolve) =>
      child.on("close", () => resolve(out === "" ? undefined : JSON.parse(out))),
    ),
    goOn: () => child.stdio[4].write("."),
    signal(name) {
      try {
        process.kill(isContained ? onlyChildOf(child.pid) : child.pid, name);
      } catch {
        // It has ended, or hasn't begun.
      }
    },
  };
}

function onlyChildOf(pid) {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  if (child === "") throw new Error("no child");
  return Number(child);
}
