// Takes the shapes of --json that tools for agents answer with from docs/json.schema.json, so there is one source of them.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const SHARED = [
  "devices",
  "preflight",
  "calls",
  "past-call",
  "placed",
  "state",
  "done",
  "error",
  "Platform",
  "CallEnd",
];

export function writeJsonSchemas(schemaFile, file) {
  const { $defs } = JSON.parse(readFileSync(schemaFile, "utf8"));
  const shared = Object.fromEntries(SHARED.map((name) => [name, $defs[name]]));
  const text =
    "// Made by scripts/build/json-schemas.mjs from docs/json.schema.json.\n" +
    `export const JSON_SHAPES = ${JSON.stringify(shared)} as const;\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
