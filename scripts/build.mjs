// Builds what has changed: bundles of the packages' code, which is all that a command needs, and bundles of their types.
import { fileURLToPath } from "node:url";
import { bundleCall, bundleDialer, bundleSandbox } from "./build/bundles.mjs";
import { writeCountries } from "./build/countries.mjs";
import { writeGermanNumbers } from "./build/german-numbers.mjs";
import { isPartBuilt, updatePart } from "./build/parts.mjs";
import { bundleTypes } from "./build/types.mjs";
import { withFolderLock } from "./setup/folder-lock.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const call = `${root}packages/call`;
const sandbox = `${root}packages/sandbox`;
const dialer = `${root}packages/dialer`;
const tools = ["package-lock.json", "tsconfig.base.json", "scripts/build.mjs", "scripts/build"].map(
  (path) => root + path,
);
const inputsOf = (folder) => [`${folder}/src`, `${folder}/package.json`, `${folder}/tsconfig.json`, ...tools];

/** In this order: the types of `call` name those of `sandbox`. */
export const PARTS = [
  { name: "code", folder: sandbox, inputs: inputsOf(sandbox), make: bundleSandbox, forStart: true },
  {
    name: "types",
    folder: sandbox,
    inputs: inputsOf(sandbox),
    make: (into) => bundleTypes(sandbox, into, ["index"]),
  },
  { name: "code", folder: call, inputs: inputsOf(call), make: bundleCall, forStart: true },
  {
    name: "types",
    folder: call,
    inputs: [...inputsOf(call), `${sandbox}/src`],
    make: (into) => bundleTypes(call, into, ["index", "index.web"]),
  },
  { name: "code", folder: dialer, inputs: [...inputsOf(dialer), `${call}/src`], make: bundleDialer },
  {
    name: "types",
    folder: dialer,
    inputs: [...inputsOf(dialer), `${call}/src`, `${sandbox}/src`],
    make: (into) => bundleTypes(dialer, into, ["index"]),
  },
];

/** @param {boolean} everything whether what `npm start` doesn't need counts, too: types, and packages for some */
const partsOf = (everything) => PARTS.filter(({ forStart }) => everything || forStart === true);

/** @param {boolean} everything whether what `npm start` doesn't need counts, too */
export function isBuilt(everything) {
  return partsOf(everything).every(isPartBuilt);
}

/** @param {boolean} everything whether to build what `npm start` doesn't need, too */
export async function buildPackages(everything) {
  writeGermanNumbers(`${call}/src/call/number/german-numbers.generated.ts`);
  writeCountries(`${call}/src/call/number/countries.generated.ts`);
  for (const part of partsOf(everything)) if (!isPartBuilt(part)) await updatePart(part);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await withFolderLock(root, () => buildPackages(true));
