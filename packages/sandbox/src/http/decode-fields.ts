import { Problem } from "./problem.js";

/** The known fields of a request body, with the kind of each. */
export type Fields = Readonly<Record<string, keyof Kinds>>;

/** What each kind of field decodes to. Texts must not be blank. */
interface Kinds {
  text: string;
  "optional text": string | undefined;
  /** Required, but may be empty. */
  "clearable text": string;
  flag: boolean;
  "optional flag": boolean | undefined;
  /** Optional, but may be empty. */
  "optional clearable text": string | undefined;
  "optional list": readonly string[] | null | undefined;
}

type Decoded<F extends Fields> = { readonly [K in keyof F]: Kinds[F[K]] };

const SURROGATE = /\p{Surrogate}/u;

/** A body that was sent, and how to treat the unknown fields in it. */
export interface SentBody {
  readonly body: unknown;
  /** Whether a field that isn't known is refused. Otherwise it's ignored. */
  readonly strict: boolean;
}

/**
 * Decodes a body. For an optional field, null counts as absent. Throws a Problem if a field is missing, of the wrong
 * type or blank.
 */
export function decodeFields<F extends Fields>({ body, strict }: SentBody, fields: F): Decoded<F> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem(400, "The body must be a JSON object.");
  }
  const given = new Map<string, unknown>(Object.entries(body));
  const unknown = strict ? [...given.keys()].find((name) => !Object.hasOwn(fields, name)) : undefined;
  if (unknown !== undefined) {
    throw new Problem(400, "The body has an unknown field.", { pointer: pointerTo(unknown) });
  }
  const known = Object.entries(fields).map(([name, kind]): [string, unknown] => {
    const value = given.get(name);
    const isAbsent = value === null && kind.startsWith("optional") && kind !== "optional list";
    checkField(name, kind, isAbsent ? undefined : value);
    return [name, isAbsent ? undefined : value];
  });
  return Object.fromEntries(known) as Decoded<F>;
}

function checkField(name: string, kind: Fields[string], value: unknown): void {
  const refuse = (detail: string): Problem =>
    new Problem(400, `${name} ${detail}.`, { pointer: pointerTo(name) });
  if (value === undefined) {
    if (!kind.startsWith("optional")) throw refuse("is required");
    return;
  }
  if (kind === "flag" || kind === "optional flag") {
    if (typeof value !== "boolean") throw refuse("must be true or false");
    return;
  }
  if (kind === "optional list") {
    if (value !== null && !isListOfTexts(value)) throw refuse("must be a list of strings, or null");
    return;
  }
  if (typeof value !== "string") throw refuse("must be a string");
  if (!kind.endsWith("clearable text") && value.trim() === "") throw refuse("must not be blank");
  if (SURROGATE.test(value)) throw refuse("must be well-formed Unicode");
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string" && !SURROGATE.test(item));
}

/** A JSON pointer to a field at the top level of the body. */
function pointerTo(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
