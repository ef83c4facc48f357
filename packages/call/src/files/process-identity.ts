// Identifies a process for good among all processes of this machine and its containers. It has one purpose:
// to tell whether a process certainly doesn't exist any more.
import { readFileSync, readlinkSync } from "node:fs";

/** This process; undefined if the system doesn't tell enough (all systems except Linux). */
export function processIdentity(): string | undefined {
  try {
    return [bootId(), pidNamespace(), process.pid, startOf("self")].join(" ");
  } catch {
    return undefined;
  }
}

/** Whether a process certainly doesn't exist any more. Those of other containers and machines may exist. */
export function isGone(identity: string | undefined): boolean {
  if (identity === undefined) return false;
  const [boot, namespace, pid = "", start] = identity.split(" ");
  try {
    if (boot !== bootId() || namespace !== pidNamespace()) return false;
  } catch {
    return false;
  }
  try {
    return startOf(pid) !== start; // The system reuses a number, but the start differs.
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

/** When a process began, in ticks since the machine started. The name before it may hold even parentheses. */
function startOf(pid: string): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const start = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  if (start === undefined) throw new Error("no start");
  return start;
}
