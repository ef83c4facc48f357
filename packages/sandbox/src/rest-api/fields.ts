// The bodies that operations take: each field's type, and nothing that isn't a field.

export interface Field {
  readonly type: "string" | "boolean";
  readonly required?: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

export interface FieldProblem {
  readonly field: string;
  readonly detail: string;
}

/** The first thing that is wrong with a body, if any. */
export function fieldProblem(
  body: Readonly<Record<string, unknown>>,
  fields: Fields,
): FieldProblem | undefined {
  for (const name of Object.keys(body)) {
    if (!Object.hasOwn(fields, name)) return { field: name, detail: `Unknown field ${name}` };
  }
  for (const [name, { type, required = false }] of Object.entries(fields)) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined || value === null) {
      if (required) return { field: name, detail: `${name} is required` };
    } else if (typeof value !== type) {
      return { field: name, detail: `${name} must be a ${type}` };
    } else if (typeof value === "string" && value.trim() === "" && required) {
      return { field: name, detail: `${name} must not be blank` };
    }
  }
  return undefined;
}

/** The text of a field that has passed the check. */
export function textOf(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
