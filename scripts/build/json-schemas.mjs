// Takes the shapes of --json that tools for agents answer with from docs/json.schema.json, so there is one source of them.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const SHARED = ["contacts", "devices", "preflight", "calls", "past-call", "placed", "state", "done", "error"];

export function writeJsonSchemas(schemaFile, file) {
  const { $defs } = JSON.parse(readFileSync(schemaFile, "utf8"));
  const shared = {};
  for (const name of SHARED) addWithParts(name, $defs, shared);
  const text =
    "// Made by scripts/build/json-schemas.mjs from docs/json.schema.json.\n" +
    `export const JSON_SHAPES = ${JSON.stringify(shared)} as const;\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

function addWithParts(name, all, shared) {
  if (name in shared) return;
  shared[name] = all[name];
  for (const [, part] of JSON.stringify(all[name]).matchAll(/"#\/\$defs\/([\w-]+)"/g))
    addWithParts(part, all, shared);
}
