import { FAULT_KINDS, type Fault } from "./fault.js";
import { headersProblem } from "./response-problem.js";

/** Node's timers would take a longer interval for 1 ms. */
const LONGEST_INTERVAL_MS = 2 ** 31 - 1;

/** Returns what is wrong with a field's value, to be put after its name, or `undefined`. */
type Check = (value: unknown) => string | undefined;

const CHECKS: Readonly<Record<keyof Fault, Check>> = {
  how: unless(isKind, `must be one of ${FAULT_KINDS.join(", ")}`),
  method: unless(isString, "must be a string"),
  path: unless(isPath, "must be a path such as /calls/{callId}"),
  skip: unless(isCount, "must be a whole number, 0 or more"),
  times: unless(isCount, "must be a whole number, 0 or more"),
  carriedOut: unless((value) => typeof value === "boolean", "must be true or false"),
  interval: unless(isInterval, `must be a whole number from 0 to ${LONGEST_INTERVAL_MS}`),
  status: unless(isStatus, "must be a status from 200 to 599"),
  headers: headersProblem,
  body: unless(isString, "must be a string"),
};

/** Checks a fault that came from outside. Throws a TypeError that names every problem. */
export function checkFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("A fault must be an object.");
  const given = new Map<string, unknown>(Object.entries(value));
  const problems = [...given].flatMap(([name, content]) => {
    if (content === undefined) return [];
    const problem = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Fault](content) : "is no such field";
    return problem === undefined ? [] : [`${name} ${problem}`];
  });
  if (!given.has("how")) problems.push(`how ${CHECKS.how(undefined)}`);
  if (problems.length > 0) throw new TypeError(`The fault: ${problems.join("; ")}.`);
  return value as Fault;
}

function unless(isRight: (value: unknown) => boolean, problem: string): Check {
  return (value) => (isRight(value) ? undefined : problem);
}

function isKind(value: unknown): boolean {
  return FAULT_KINDS.some((kind) => kind === value);
}

function isString(value: unknown): boolean {
  return typeof value === "string";
}

function isPath(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("/");
}

function isCount(value: unknown): value is number {
  return isWhole(value) && value >= 0;
}

function isStatus(value: unknown): boolean {
  return isWhole(value) && value >= 200 && value <= 599;
}

function isInterval(value: unknown): boolean {
  return isCount(value) && value <= LONGEST_INTERVAL_MS;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
