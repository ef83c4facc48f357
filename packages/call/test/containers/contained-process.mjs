// Processes as they run in containers: for root on Linux, each is the first one (PID 1) of a PID namespace of its own, and all
// have the same host name. Elsewhere they are plain processes.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const UNSHARE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];
export const isContained =
  process.platform === "linux" && spawnSync(UNSHARE[0], [...UNSHARE.slice(1), "true"]).status === 0;
const HALTER = fileURLToPath(new URL("halt-at-step.cjs", import.meta.url));
const OTHER_CLOCK = fileURLToPath(new URL("other-clock.cjs", import.meta.url));
const MACOS = fileURLToPath(new URL("as-on-macos.cjs", import.meta.url));

/**
 * @typedef {object} How
 * @property {string} [haltAt] the step of placing or renewing to stop it at, such as `before sending`
 * @property {number} [clockSpeed] how many times as fast its clock runs
 * @property {number} [wallAhead] how many milliseconds its clock on the wall is ahead
 * @property {number} [tellAfter] milliseconds by its clock after which `late` resolves
 * @property {boolean} [isPlain] whether it's in no container
 * @property {boolean} [onMacos] whether it believes to be on macOS, in no container
 */

/**
 * Starts a script of Node's in a container of its own.
 *
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} env
 * @param {How} [how]
 */
export function startContained(args, env, how = {}) {
  const { haltAt = "", clockSpeed = 1, wallAhead = 0, tellAfter, onMacos = false, isPlain = onMacos } = how;
  const hasOwnClock = clockSpeed !== 1 || wallAhead !== 0 || tellAfter !== undefined;
  const before = [hasOwnClock && OTHER_CLOCK, haltAt !== "" && HALTER, onMacos && MACOS];
  const loaded = before.flatMap((file) => (file === false ? [] : ["--require", file]));
  const own = [process.execPath, ...loaded, ...args];
  const isInside = isContained && !isPlain;
  const [command = "", ...rest] = isInside ? [...UNSHARE, ...own] : own;
  const child = spawn(command, rest, {
    env: {
      ...process.env,
      ...env,
      HALT_AT: haltAt,
      CLOCK_SPEED: String(clockSpeed),
      WALL_AHEAD: String(wallAhead),
      ...(tellAfter === undefined ? {} : { TELL_AFTER: String(tellAfter) }),
    },
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
  });
  const [, stdout, stderr, told, answer] = child.stdio;
  let out = "";
  let err = "";
  stdout?.on("data", (data) => {
    out += data;
  });
  stderr?.on("data", (data) => {
    err += data;
  });
  answer?.on("error", () => {}); // It may be killed already.
  /** @type {Promise<void>} */
  const isThere = new Promise((resolve) => told?.once("data", () => resolve()));

  /** @param {NodeJS.Signals} name */
  const signal = (name) => {
    const pid = pidOf(child.pid, isInside);
    if (pid !== undefined) process.kill(pid, name);
  };
  // The system tells nobody but the parent, which may be unshare, when it has stopped.
  const stop = async () => {
    signal("SIGSTOP");
    while (!isStopped(pidOf(child.pid, isInside))) await turn();
  };
  return {
    /** Once it has stopped at the step. */
    stopped: () => isThere.then(stop),
    /** Once its clock shows the time. */
    late: isThere,
    stop,
    kill: () => signal("SIGKILL"),
    goOn() {
      if (answer !== undefined && answer !== null && "write" in answer) answer.write(".");
      signal("SIGCONT");
    },
    /**
     * What it has printed when it has ended; undefined if that's nothing.
     *
     * @type {Promise<Record<string, unknown> | undefined>}
     */
    printed: new Promise((resolve, reject) =>
      child.on("close", () => {
        // unshare says something of each process that was killed.
        const wrong = err.replaceAll(/^unshare: .*\n?/gm, "");
        if (wrong !== "") reject(new Error(wrong));
        else resolve(out === "" ? undefined : JSON.parse(out));
      }),
    ),
  };
}

/**
 * The process itself as its parent's system numbers it; undefined if it has ended or hasn't begun.
 *
 * @param {number | undefined} started
 * @param {boolean} isInside
 */
function pidOf(started, isInside) {
  if (!isInside) return started;
  try {
    const [child] = readFileSync(`/proc/${started}/task/${started}/children`, "utf8").trim().split(" ");
    return child === "" ? undefined : Number(child);
  } catch {
    return undefined;
  }
}

/** @param {number | undefined} pid */
function isStopped(pid) {
  if (pid === undefined) return true; // It has ended.
  try {
    return /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true; // It has just ended.
  }
}
