import { Problem } from "./problem.js";

/** A whole number between `min` and `max` from the query, or `fallback` if it's missing. */
export function integerFrom(
  query: URLSearchParams,
  name: string,
  { min, max, fallback }: { min: number; max: number; fallback: number },
): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new Problem(400, `${name} must be a whole number from ${min} to ${max}.`);
}

/** The values of a parameter that may be repeated, each one of `allowed`; `undefined` if it's missing. */
export function choicesFrom(
  query: URLSearchParams,
  name: string,
  allowed: readonly string[],
): ReadonlySet<string> | undefined {
  const values = query.getAll(name);
  if (values.length === 0) return undefined;
  if (values.every((value) => allowed.includes(value))) return new Set(values);
  throw new Problem(400, `${name} must be one of ${allowed.join(", ")}.`);
}

/** A point in time in ISO 8601, as milliseconds since 1970; `undefined` if it's missing. */
export function momentFrom(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const time = ISO_DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new Problem(400, `${name} must be a date and time in ISO 8601.`);
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

export function booleanFrom(query: URLSearchParams, name: string): boolean {
  const text = query.get(name) ?? "false";
  if (text === "true" || text === "false") return text === "true";
  throw new Problem(400, `${name} must be true or false.`);
}
