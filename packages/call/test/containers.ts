// Processes as they run in containers: each the first one of its own system, all with the same host name.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";

const UNSHARE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] as const;
/** Only root may make them. Elsewhere plain processes take their place: their numbers tell nobody anything, either. */
const canUnshare =
  process.platform === "linux" && spawnSync(UNSHARE[0], [...UNSHARE.slice(1), "true"]).status === 0;

/** Uses up some numbers of processes first: in two containers, different processes have the same, and same ones others. */
const NUMBERED = ["sh", "-c", 'for n in $(seq "$0"); do /bin/true; done; "$@"'] as const;
let containers = 0;

/** Runs a script of Node's in a container of its own. */
export function spawnInContainer(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ChildProcess {
  containers += 1;
  const inNamespace = [...UNSHARE, ...NUMBERED, String(3 * containers), process.execPath];
  const [command, ...first] = canUnshare ? inNamespace : [process.execPath];
  return spawn(command ?? process.execPath, [...first, ...args], { env: { ...process.env, ...env } });
}

/** What a process has printed when it has ended; undefined if that's nothing. */
export function printedBy(child: ChildProcess): Promise<Record<string, unknown> | undefined> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (data) => {
    out += data;
  });
  child.stderr?.on("data", (data) => {
    err += data;
  });
  return new Promise((resolve, reject) => {
    child.on("close", () => {
      if (err !== "") reject(new Error(err));
      else resolve(out === "" ? undefined : JSON.parse(out));
    });
  });
}
