// Builds what has changed: bundles of the packages' code, which is all that a command needs, and bundles of their types.
import { fileURLToPath } from "node:url";
import {
  bundleCall,
  bundleDialer,
  bundleLists,
  bundleMcp,
  bundlePhones,
  bundleSandbox,
} from "./build/bundles.mjs";
import { writeCountries } from "./build/countries.mjs";
import { writeGermanNumbers } from "./build/german-numbers.mjs";
import { writeJsonSchemas } from "./build/json-schemas.mjs";
import { writeOpenBrowser } from "./build/open-browser.mjs";
import { isPartBuilt, updatePart } from "./build/parts.mjs";
import { bundleTypes } from "./build/types.mjs";
import { withFolderLock } from "./setup/folder-lock.mjs";
import { LEVELS } from "./setup/levels.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const call = `${root}packages/call`;
const sandbox = `${root}packages/sandbox`;
const dialer = `${root}packages/dialer`;
const lists = `${root}packages/call-lists`;
const mcp = `${root}packages/mcp`;
const jsonSchema = `${root}docs/json.schema.json`;
const phones = `${root}packages/sandbox-phones`;
const tools = ["package-lock.json", "tsconfig.base.json", "scripts/build.mjs", "scripts/build"].map(
  (path) => root + path,
);
const inputsOf = (folder) => [`${folder}/src`, `${folder}/package.json`, `${folder}/tsconfig.json`, ...tools];

/**
 * In this order: the types of some packages name those of others. `level` says who needs a part: `main`, what
 * `npm start` runs; `phones`, the sandbox with phones; `everything`, tests and packing.
 */
export const PARTS = [
  { name: "code", folder: sandbox, inputs: inputsOf(sandbox), make: bundleSandbox, level: "main" },
  {
    name: "types",
    folder: sandbox,
    inputs: inputsOf(sandbox),
    make: (into) => bundleTypes(sandbox, into, ["index"]),
    level: "everything",
  },
  { name: "code", folder: call, inputs: inputsOf(call), make: bundleCall, level: "main" },
  {
    name: "types",
    folder: call,
    inputs: [...inputsOf(call), `${sandbox}/src`],
    make: (into) => bundleTypes(call, into, ["index", "index.web"]),
    level: "everything",
  },
  {
    name: "code",
    folder: mcp,
    inputs: [...inputsOf(mcp), `${call}/src`, jsonSchema],
    make: bundleMcp,
    level: "everything",
  },
  {
    name: "types",
    folder: mcp,
    inputs: [...inputsOf(mcp), `${call}/src`],
    make: (into) => bundleTypes(mcp, into, ["index"]),
    level: "everything",
  },
  { name: "code", folder: phones, inputs: inputsOf(phones), make: bundlePhones, level: "phones" },
  {
    name: "types",
    folder: phones,
    inputs: [...inputsOf(phones), `${sandbox}/src`],
    make: (into) => bundleTypes(phones, into, ["index"]),
    level: "everything",
  },
  {
    name: "code",
    folder: lists,
    inputs: [...inputsOf(lists), `${call}/src`],
    make: bundleLists,
    level: "everything",
  },
  {
    name: "types",
    folder: lists,
    inputs: [...inputsOf(lists), `${call}/src`, `${sandbox}/src`],
    make: (into) => bundleTypes(lists, into, ["index"]),
    level: "everything",
  },
  {
    name: "code",
    folder: dialer,
    inputs: [...inputsOf(dialer), `${call}/src`],
    make: bundleDialer,
    level: "everything",
  },
  {
    name: "types",
    folder: dialer,
    inputs: [...inputsOf(dialer), `${call}/src`, `${lists}/src`, `${sandbox}/src`],
    make: (into) => bundleTypes(dialer, into, ["index"]),
    level: "everything",
  },
];

/** @param {string} level one of LEVELS */
const partsOf = (level) => PARTS.filter((part) => LEVELS.indexOf(part.level) <= LEVELS.indexOf(level));

/** @param {string} level one of LEVELS */
export function isBuilt(level) {
  return partsOf(level).every(isPartBuilt);
}

/** @param {string} level one of LEVELS */
export async function buildPackages(level) {
  writeGermanNumbers(`${call}/src/call/number/german-numbers.generated.ts`);
  writeCountries(`${call}/src/call/number/countries.generated.ts`);
  if (level === "everything") {
    writeJsonSchemas(jsonSchema, `${mcp}/src/tools/json-shapes.generated.ts`);
    for (const copy of [`${mcp}/src/yes`, `${dialer}/src`])
      writeOpenBrowser(`${call}/src/cli/open-browser.ts`, `${copy}/open-browser.generated.ts`);
  }
  for (const part of partsOf(level)) if (!isPartBuilt(part)) await updatePart(part);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await withFolderLock(root, () => buildPackages("everything"));
