// Builds what has changed: bundles of the packages' code, which is all that a command needs, and bundles of their types.
import { fileURLToPath } from "node:url";
import { bundleCall, bundlePhones, bundleSandbox } from "./build/bundles.mjs";
import { writeCountries } from "./build/countries.mjs";
import { writeGermanNumbers } from "./build/german-numbers.mjs";
import { isPartBuilt, updatePart } from "./build/parts.mjs";
import { bundleTypes } from "./build/types.mjs";
import { withFolderLock } from "./setup/folder-lock.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const call = `${root}packages/call`;
const sandbox = `${root}packages/sandbox`;
const phones = `${root}packages/sandbox-phones`;
const tools = ["package-lock.json", "tsconfig.base.json", "scripts/build.mjs", "scripts/build"].map(
  (path) => root + path,
);
const inputsOf = (folder) => [`${folder}/src`, `${folder}/package.json`, `${folder}/tsconfig.json`, ...tools];

/** In this order: the types of `call` and `sandbox-phones` name those of `sandbox`. */
export const PARTS = [
  { name: "code", folder: sandbox, inputs: inputsOf(sandbox), make: bundleSandbox },
  {
    name: "types",
    folder: sandbox,
    inputs: inputsOf(sandbox),
    make: (into) => bundleTypes(sandbox, into, ["index"]),
  },
  { name: "code", folder: call, inputs: inputsOf(call), make: bundleCall },
  {
    name: "types",
    folder: call,
    inputs: [...inputsOf(call), `${sandbox}/src`],
    make: (into) => bundleTypes(call, into, ["index", "index.web"]),
  },
  { name: "code", folder: phones, inputs: inputsOf(phones), make: bundlePhones },
  {
    name: "types",
    folder: phones,
    inputs: [...inputsOf(phones), `${sandbox}/src`],
    make: (into) => bundleTypes(phones, into, ["index"]),
  },
];

/**
 * The parts that are needed.
 * @param {string} level `main`: code of what `npm start` runs; `phones`: of the sandbox's phones as well; `everything`:
 *   types as well
 */
function partsOf(level) {
  if (level === "everything") return PARTS;
  return PARTS.filter(({ name, folder }) => name === "code" && (level === "phones" || folder !== phones));
}

/** @param {string} level as of partsOf */
export function isBuilt(level) {
  return partsOf(level).every(isPartBuilt);
}

/** @param {string} level as of partsOf */
export async function buildPackages(level) {
  writeGermanNumbers(`${call}/src/call/number/german-numbers.generated.ts`);
  writeCountries(`${call}/src/call/number/countries.generated.ts`);
  for (const part of partsOf(level)) if (!isPartBuilt(part)) await updatePart(part);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await withFolderLock(root, () => buildPackages("everything"));
