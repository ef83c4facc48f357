// Identifies a process among all processes of this machine and its containers. It has one purpose: to tell whether a process
// certainly doesn't exist any more. If that isn't certain, the answer is no.
import { readFileSync, readlinkSync } from "node:fs";
import { hostname, uptime } from "node:os";
import { systemClock } from "../call/clock.js";
import { systemCodeOf } from "../call/text/system-code.js";

export interface ProcessIdentity {
  readonly machine: Machine;
  readonly pid: number;
  /** Only on Linux: the namespace in which `pid` counts. */
  readonly namespace?: string;
  /** Only on Linux: when the process began. The system gives its number again, but not both. */
  readonly start?: string;
}

/** A machine from one start to the next. */
interface Machine {
  readonly name: string;
  /** When it was started, in seconds since 1970 by the clock that it has now: it moves if that is set. */
  readonly startedAt?: number;
}

/** This process; undefined if the system doesn't tell enough. */
export function thisProcess(): ProcessIdentity | undefined {
  const { pid } = process;
  try {
    if (process.platform !== "linux") return { machine: machineByItsName(), pid };
    return { machine: machineByItsKernel(), pid, namespace: namespaceOf("pid"), start: statOf("self").start };
  } catch {
    return undefined;
  }
}

/** Whether a process ran on this machine since it was started: then both count the same monotonic time. */
export function isOfThisMachine({ machine }: ProcessIdentity): boolean {
  const here = thisProcess()?.machine;
  if (here === undefined || here.name !== machine.name) return false;
  return Math.abs((here.startedAt ?? 0) - (machine.startedAt ?? 0)) <= CLOCK_DRIFT_S;
}

/** Whether a process certainly doesn't exist any more. Those of other containers and machines may exist. */
export function isGone(identity: ProcessIdentity | undefined): boolean {
  if (identity === undefined || !isOfThisMachine(identity)) return false;
  if (identity.namespace !== thisProcess()?.namespace) return false;
  try {
    process.kill(identity.pid, 0); // Sends nothing; tells whether there is a process with this number.
  } catch (error) {
    return systemCodeOf(error) === "ESRCH";
  }
  if (identity.start === undefined) return false; // The number may have been given again.
  try {
    const { state, start } = statOf(String(identity.pid));
    return start !== identity.start || state === "Z" || state === "X"; // Dead, though not all of it is gone.
  } catch {
    return false; // Somebody else's, and hidden.
  }
}

const CLOCK_DRIFT_S = 5;

function machineByItsName(): Machine {
  return { name: hostname(), startedAt: systemClock.now().getTime() / 1_000 - uptime() };
}

function machineByItsKernel(): Machine {
  return { name: `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${timeNamespace()}` };
}

/** Monotonic time can differ between containers, too. */
function timeNamespace(): string {
  try {
    return namespaceOf("time");
  } catch {
    return ""; // Before Linux 5.6.
  }
}

function namespaceOf(kind: "pid" | "time"): string {
  return readlinkSync(`/proc/self/ns/${kind}`);
}

/** @param process its number, or "self" */
function statOf(process: string): { readonly state: string; readonly start: string } {
  const stat = readFileSync(`/proc/${process}/stat`, "utf8");
  // The name before them may hold even parentheses. The start is in ticks since the machine started.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, start] = [fields[0], fields[19]];
  if (state === undefined || start === undefined) throw new Error("no start");
  return { state, start };
}
