import { FAULT_KINDS, type Fault } from "./fault.js";

/** Returns what is wrong with a field's value, to be put after its name, or `undefined`. */
type Check = (value: unknown) => string | undefined;

const CHECKS: Readonly<Record<keyof Fault, Check>> = {
  how: unless(isKind, `must be one of ${FAULT_KINDS.join(", ")}`),
  method: unless(isString, "must be a string"),
  path: unless(isPath, "must be a path such as /calls/{callId}"),
  skip: unless(isCount, "must be a whole number, 0 or more"),
  times: unless(isCount, "must be a whole number, 0 or more"),
  carriedOut: unless((value) => typeof value === "boolean", "must be true or false"),
  interval: unless(isCount, "must be a whole number, 0 or more"),
  status: unless(isStatus, "must be a status from 200 to 599"),
  headers: unless(isHeaders, "must be an object of strings without line breaks"),
  body: unless(isString, "must be a string"),
};

/** Checks a fault that came from outside. Throws a TypeError that names every problem. */
export function checkFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null) throw new TypeError("A fault must be an object.");
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

function isCount(value: unknown): boolean {
  return isWhole(value) && value >= 0;
}

function isStatus(value: unknown): boolean {
  return isWhole(value) && value >= 200 && value <= 599;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isHeaders(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(
    ([name, content]) =>
      /^[A-Za-z0-9-]+$/.test(name) && typeof content === "string" && /^[\x20-\x7e]*$/.test(content),
  );
}
