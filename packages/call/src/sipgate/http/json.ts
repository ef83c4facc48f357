// Reading JSON from outside: each field is checked as it's read.
import { isId } from "../../call/text/id.js";

/** A response lacks something without which it can't be used. */
export class WireError extends Error {}

/** Characters that a text from sipgate may have: far more than any of its names and ids has. */
export const LONGEST_TEXT = 10_000;

export type Json = Readonly<Record<string, unknown>>;

/** Parses a body that has to be a JSON object. */
export function parseObject(body: string): Json {
  try {
    return object(JSON.parse(body), "answer");
  } catch (error) {
    throw error instanceof WireError ? error : new WireError("The answer isn't JSON.");
  }
}

/** The first of these fields that holds a text that isn't blank. */
export function firstText(answer: Json, fields: readonly string[]): string | undefined {
  return fields
    .map((field) => optionalText(answer, field))
    .find((value) => value !== undefined && value.trim() !== "");
}

function object(value: unknown, what: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new WireError(`${what} isn't an object.`);
  return value as Json;
}

export function list(from: Json, field: string): Json[] {
  const value = from[field];
  if (!Array.isArray(value)) throw new WireError(`${field} isn't a list.`);
  return value.map((item) => object(item, `an entry of ${field}`));
}

export function optionalList(from: Json, field: string): Json[] {
  return from[field] === undefined || from[field] === null ? [] : list(from, field);
}

export function texts(from: Json, field: string): string[] {
  const value = from[field];
  const found = Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
  for (const entry of found) checkLength(entry, field);
  return found;
}

export function text(from: Json, field: string): string {
  const value = optionalText(from, field);
  if (value === undefined) throw new WireError(`${field} isn't a text.`);
  return value;
}

/** One of sipgate's names that goes into the path of a request. */
export function id(from: Json, field: string): string {
  const value = text(from, field);
  if (!isId(value)) throw new WireError(`${field} isn't an id.`);
  return value;
}

/** A number that JSON can represent, and that counts something. */
export function optionalCount(from: Json, field: string): number | undefined {
  const value = from[field];
  return typeof value === "number" && value >= 0 && Number.isFinite(value) ? value : undefined;
}

export function optionalText(from: Json, field: string): string | undefined {
  const value = from[field];
  if (typeof value !== "string") return undefined;
  checkLength(value, field);
  return value;
}

function checkLength(value: string, field: string): void {
  if (value.length > LONGEST_TEXT) throw new WireError(`${field} is too long.`);
}

export function flag(from: Json, field: string): boolean {
  return optionalFlag(from, field) ?? false;
}

export function optionalFlag(from: Json, field: string): boolean | undefined {
  const value = from[field];
  return typeof value === "boolean" ? value : undefined;
}
