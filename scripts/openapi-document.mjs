// sipgate's OpenAPI document, with what the sandbox knowingly does beyond it.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { parse } from "yaml";

// ---- What the sandbox knowingly does beyond the document of 2022. All of it, and why.

/** Fields by schema; they are checked too. `of`: the document has them, in another schema. */
const FIELDS_BEYOND = {
  // Since 2022, in sipgate's documentation.
  HistoryEntryResponse: {
    callId: { type: "string" },
    callStatus: {
      enum: [
        ...["SUCCESS", "FAILURE", "REJECTED", "REJECTED_DND", "VOICEMAIL_NO_MESSAGE"],
        ...["BUSY_ON_BUSY", "BUSY", "MISSED"],
      ],
    },
    duration: { type: "integer", minimum: 0 },
    recordings: { type: "array" },
  },
  // The list shows each device as what it is: a VoIP phone comes with what the document says of VoIP phones.
  DeviceResponse: {
    credentials: { of: "RegisterDeviceResponse" },
    registered: { of: "RegisterDeviceResponse" },
  },
};

/** Values of a field, by schema: neo lists apps among the devices. */
const VALUES_BEYOND = { DeviceResponse: { type: ["APP"] } };

/** Statuses that the document doesn't give for an operation, and may still come. */
export const STATUSES_BEYOND = {
  400: "a body or a query that doesn't fit the document's own definition",
  401: "no or wrong credentials; the document says so for userinfo only",
  403: "a scope that is missing; a password to reset; /groups on neo (reported)",
  404: "a device or a path that isn't there",
  405: "another method (the table in sipgate's examples)",
  409: "an operation on a call that isn't established (reported for hold)",
  415: "another Content-Type (the table in sipgate's examples)",
};

/** If the document leaves an error's body open, it has the shape that the document has for errors. */
export const ERROR = { $ref: "#/components/schemas/ErrorResponse" };

// ---- The document

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error("Usage: npm run check:openapi -- path/to/sipgate-v2-openapi.yaml");
  process.exit(2);
}
const { paths, components } = parse(readFileSync(path, "utf8"));
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: { int32: isInt32, int64: true, double: true },
});

function isInt32(value) {
  return typeof value !== "number" || (value | 0) === value;
}

for (const [name, schema] of Object.entries(components.schemas)) {
  schema.properties = { ...schema.properties, ...fieldsBeyond(name) };
  for (const [field, values] of Object.entries(VALUES_BEYOND[name] ?? {}))
    schema.properties[field].enum.push(...values);
}
for (const schema of Object.values(components.schemas)) schema.additionalProperties ??= false;

function fieldsBeyond(name) {
  return Object.fromEntries(
    Object.entries(FIELDS_BEYOND[name] ?? {}).map(([field, schema]) => [
      field,
      schema.of === undefined ? schema : components.schemas[schema.of].properties[field],
    ]),
  );
}

const validators = new Map();

/** What is wrong with a value, as a text; undefined: nothing. */
export function problemsOf(value, schema) {
  const key = JSON.stringify(schema);
  if (!validators.has(key)) validators.set(key, ajv.compile({ allOf: [schema], components }));
  const validate = validators.get(key);
  if (validate(value)) return undefined;
  const problems = validate.errors.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  return problems.join(", ");
}

/** What the document says of an operation. */
export function described(operation) {
  const [method, template] = operation.split(" ");
  const found = paths[template]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`The document has no ${operation}.`);
  return found;
}

/** The scopes any of which an operation takes. */
export function scopesOf(operation) {
  return described(operation).security?.flatMap(({ oauth2 }) => oauth2) ?? [];
}

/** The schema that a reference names; any other as it is. */
export function resolved({ $ref, ...schema }) {
  return $ref === undefined ? schema : components.schemas[$ref.split("/").at(-1)];
}
