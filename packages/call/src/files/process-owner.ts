// Which process owns something that processes of one machine share by files.

import { hostname } from "node:os";
import { systemCodeOf } from "../call/text/system-code.js";

/** This process, as it's written down. */
export function thisOwner(): string {
  return `${hostname()}:${process.pid}`;
}

/** Whether an owner still exists. Of another machine's processes nothing is known: they count as alive. */
export function isOwnerAlive(owner: string): boolean {
  const colon = owner.lastIndexOf(":");
  return owner.slice(0, colon) !== hostname() || isRunning(Number(owner.slice(colon + 1)));
}

/** Signal 0 asks whether a process exists. One that belongs to somebody else does, too. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) !== "ESRCH";
  }
}
