import { checkFault } from "./check-fault.js";
import type { Fault } from "./fault.js";

/** A fault that was added, with a counter. */
export interface AddedFault {
  /** As it was added. */
  readonly fault: Fault;
  /** How many requests have failed because of it. */
  readonly hits: number;
}

/** The faults of a sandbox. */
export interface FaultList {
  /**
   * Makes the next matching requests fail. If several faults match a request, the one that was added first counts.
   * @throws TypeError if the fault is invalid; the message names every problem. Also if 1,000 faults wait for requests
   * @example
   * ```ts
   * import { createSandbox } from "sipgate-sandbox";
   *
   * const sandbox = await createSandbox();
   * const fault = sandbox.faults.add({ how: "reset", method: "GET", path: "/devices/{deviceId}" });
   * await fetch(`${sandbox.baseUrl}/devices/e0`).catch(() => console.log("The connection was reset."));
   * console.log(fault.hits); // 1
   * await sandbox.close();
   * ```
   */
  add(fault: Fault): AddedFault;
  /**
   * Removes all faults.
   *
   * @throws nothing
   * @example
   * ```ts
   * import { createSandbox } from "sipgate-sandbox";
   *
   * const sandbox = await createSandbox();
   * sandbox.faults.add({ how: "silence", times: 100 });
   * sandbox.faults.clear();
   * console.log(sandbox.faults.all); // []
   * await sandbox.close();
   * ```
   */
  clear(): void;
  /** The newest 1,000 faults since the last `clear`, in the order they were added in. */
  readonly all: readonly AddedFault[];
}

/** How many faults are kept. The oldest of those that have hit all their requests make room for new ones. */
const LIMIT = 1_000;

interface Rule extends AddedFault {
  readonly fault: Fault;
  hits: number;
  spared: number;
}

/** Which requests fail, and how. */
export class Faults implements FaultList {
  #rules: Rule[] = [];

  get all(): readonly AddedFault[] {
    return this.#rules;
  }

  add(fault: Fault): AddedFault {
    const rule: Rule = { fault: { ...checkFault(fault) }, hits: 0, spared: 0 };
    this.#makeRoom();
    this.#rules.push(rule);
    return rule;
  }

  clear(): void {
    this.#rules = [];
  }

  #makeRoom(): void {
    if (this.#rules.length < LIMIT) return;
    const usedUp = this.#rules.findIndex(({ fault, hits }) => hits >= (fault.times ?? 1));
    if (usedUp === -1)
      throw new TypeError(`The fault: there are ${LIMIT} already that still have requests to hit.`);
    this.#rules = this.#rules.toSpliced(usedUp, 1);
  }

  /** The fault that this request runs into, if any. `path` is as it was sent, without the query. */
  take(method: string, path: string): Fault | undefined {
    const rule = this.#rules.find(
      ({ fault, hits }) => hits < (fault.times ?? 1) && fits(fault, method, path),
    );
    if (rule === undefined) return undefined;
    if (rule.spared < (rule.fault.skip ?? 0)) {
      rule.spared += 1;
      return undefined;
    }
    rule.hits += 1;
    return rule.fault;
  }
}

function fits(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (fault.path === undefined) return true;
  const segments = path
    .replace(/^\/v\d(?=\/)/, "")
    .slice(1)
    .split("/");
  const wanted = fault.path.slice(1).split("/");
  if (segments.length !== wanted.length) return false;
  return wanted.every((segment, index) => /^\{.+\}$/.test(segment) || segment === segments[index]);
}
