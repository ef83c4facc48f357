// What tells a process from every other one, of this machine and its containers, for good. It's asked for one thing only:
// whether somebody who can't be answered any more surely doesn't exist.
import { readFileSync, readlinkSync } from "node:fs";

/** This process; undefined where the system doesn't tell enough (everything but Linux). */
export function processIdentity(): string | undefined {
  try {
    return [bootId(), pidNamespace(), process.pid, startOf("self")].join(" ");
  } catch {
    return undefined;
  }
}

/** Whether a process surely doesn't exist any more. Of other containers and machines nothing is known: then it may. */
export function isGone(identity: string | undefined): boolean {
  if (identity === undefined) return false;
  const [boot, namespace, pid = "", start] = identity.split(" ");
  try {
    if (boot !== bootId() || namespace !== pidNamespace()) return false;
  } catch {
    return false;
  }
  try {
    return startOf(pid) !== start; // A number is given again, at another time.
  } catch {
    return true;
  }
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function pidNamespace(): string {
  return readlinkSync("/proc/self/ns/pid");
}

/** When a process began, in ticks since the machine did. The name before it may hold anything, parentheses too. */
function startOf(pid: string): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const start = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  if (start === undefined) throw new Error("no start");
  return start;
}
