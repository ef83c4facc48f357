import { FAULT_KINDS, type Fault } from "./fault.js";

/** What is wrong with each field of a fault; what isn't named here isn't a field. */
const CHECKS: Readonly<Record<keyof Fault, (value: unknown) => string | undefined>> = {
  how: (value) => (isKind(value) ? undefined : `must be one of ${FAULT_KINDS.join(", ")}`),
  method: text,
  path: (value) =>
    typeof value === "string" && value.startsWith("/") ? undefined : "must be a path such as /calls/{callId}",
  skip: count,
  times: count,
  carriedOut: (value) => (typeof value === "boolean" ? undefined : "must be true or false"),
  interval: count,
  status: (value) =>
    isWhole(value) && value >= 200 && value <= 599 ? undefined : "must be a status from 200 to 599",
  headers: (value) => (isHeaders(value) ? undefined : "must be an object of texts without line breaks"),
  body: text,
};

/** Checks what came from outside; throws a TypeError that names every problem. */
export function checkFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null) throw new TypeError("A fault is an object.");
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

function isKind(value: unknown): boolean {
  return FAULT_KINDS.some((kind) => kind === value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? undefined : "must be a text";
}

function count(value: unknown): string | undefined {
  return isWhole(value) && value >= 0 ? undefined : "must be a whole number, 0 or more";
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
