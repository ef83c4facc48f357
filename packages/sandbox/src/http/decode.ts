import { Problem } from "./problem.js";

/** The fields of a request body: which there are, of which type, and whether they must be given. */
export type Fields = Readonly<Record<string, "text" | "optional text" | "flag">>;

type Decoded<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends "flag" ? boolean : F[K] extends "text" ? string : string | undefined;
};

const SURROGATE = /\p{Surrogate}/u;

/** Checks that a body is an object of just these fields; refuses unknown ones, wrong types and blank texts. */
export function decodeFields<F extends Fields>(body: unknown, fields: F): Decoded<F> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem(400, "The body must be a JSON object.");
  }
  const given = new Map<string, unknown>(Object.entries(body));
  for (const name of given.keys()) {
    if (!Object.hasOwn(fields, name))
      throw new Problem(400, "The body has an unknown field.", { pointer: pointerTo(name) });
  }
  for (const [name, kind] of Object.entries(fields)) checkField(name, kind, given.get(name));
  return Object.fromEntries(given) as Decoded<F>;
}

function checkField(name: string, kind: Fields[string], value: unknown): void {
  const refuse = (detail: string): Problem =>
    new Problem(400, `${name} ${detail}.`, { pointer: pointerTo(name) });
  if (value === undefined) {
    if (kind !== "optional text") throw refuse("is required");
    return;
  }
  if (kind === "flag") {
    if (typeof value !== "boolean") throw refuse("must be true or false");
    return;
  }
  if (typeof value !== "string") throw refuse("must be a string");
  if (value.trim() === "") throw refuse("must not be blank");
  if (SURROGATE.test(value)) throw refuse("must be well-formed Unicode");
}

/** A JSON pointer to a field of the body's top level. */
function pointerTo(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
