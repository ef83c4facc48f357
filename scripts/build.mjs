// Builds the packages: bundles of their code (all that a command needs), and bundles of their types.
//   node scripts/build.mjs           everything that has changed
//   node scripts/build.mjs --clean   the same from nothing, as it is published
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleCall, bundleSandbox } from "./build/bundles.mjs";
import { writeCountries } from "./build/countries.mjs";
import { writeGermanNumbers } from "./build/german-numbers.mjs";
import { isPartBuilt, updatePart } from "./build/parts.mjs";
import { bundleTypes } from "./build/types.mjs";
import { withFolderLock } from "./setup/folder-lock.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const call = `${root}packages/call`;
const sandbox = `${root}packages/sandbox`;
const tools = [
  `${root}package-lock.json`,
  `${root}tsconfig.base.json`,
  `${root}scripts/build.mjs`,
  `${root}scripts/build`,
];
const inputsOf = (folder) => [`${folder}/src`, `${folder}/package.json`, `${folder}/tsconfig.json`, ...tools];

// In this order: the types of `call` name those of `sandbox`.
const CODE = [
  { name: "code", folder: sandbox, inputs: inputsOf(sandbox), make: bundleSandbox },
  { name: "code", folder: call, inputs: inputsOf(call), make: bundleCall },
];
const TYPES = [
  {
    name: "types",
    folder: sandbox,
    inputs: inputsOf(sandbox),
    make: (into) => bundleTypes(sandbox, into, ["index"]),
  },
  {
    name: "types",
    folder: call,
    inputs: [...inputsOf(call), `${sandbox}/src`],
    make: (into) => bundleTypes(call, into, ["index", "index.web"]),
  },
];
const partsOf = (withTypes) => (withTypes ? [...CODE, ...TYPES] : CODE);

/** @param {boolean} withTypes whether types count, too */
export function isBuilt(withTypes) {
  return partsOf(withTypes).every(isPartBuilt);
}

/** @param {boolean} withTypes whether to build types, too */
export async function buildPackages(withTypes) {
  const number = `${call}/src/call/number`;
  writeGermanNumbers(`${number}/german-numbers.generated.ts`);
  writeCountries(`${number}/countries.generated.ts`);
  for (const part of partsOf(withTypes)) if (!isPartBuilt(part)) await updatePart(part);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await withFolderLock(root, async () => {
    if (process.argv.includes("--clean"))
      for (const folder of [call, sandbox]) rmSync(`${folder}/dist`, { recursive: true, force: true });
    await buildPackages(true);
  });
}
