// npm run check:mutants [-- FILE …]: changes the code in small ways, one at a time, and tells which changes no test
// notices. Takes minutes for each file, so it is no part of the tests. Stryker is installed for it, outside package.json. Its
// settings leave out texts, which are for people, and objects, which are mostly options; "none.json" keeps it from reading
// tsconfig.json by a compiler that it would need besides ours. FILE may end with lines, such as doubts.ts:100-120.
//
// For the files of one folder only the tests of that folder are run, since a mutant costs as much as the start of each.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";

const VERSION = "9.6.1";
const root = fileURLToPath(new URL("..", import.meta.url));
// Below node_modules, so it finds the project's own Vitest.
const folder = `${root}node_modules/.cache/mutants/`;
const stryker = `${folder}node_modules/@stryker-mutator/core/bin/stryker.js`;

if (!existsSync(stryker)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, '{ "private": true }');
  const packages = ["core", "vitest-runner"].map((name) => `@stryker-mutator/${name}@${VERSION}`);
  const options = ["--no-audit", "--no-fund", "--legacy-peer-deps", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options, ...packages], { cwd: folder, stdio: "inherit" });
}
const TESTS = {
  number: ["call-request", "costly-numbers", "phone-number"],
  control: ["control", "wrong-types"],
  preflight: ["costly-numbers", "preflight"],
  follow: ["call-by-id", "contradictions", "follow", "adversarial-follow", "push", "ring-timeout", "sleep"],
  place: ["idempotency-stores", "key-scope", "place", "search", "search-after-sleep"],
};
const OTHERS = ["errors", "unknown-options", "wait"];
const files = process.argv.slice(2);
const folders = new Set(files.map((file) => basename(dirname(file))));
const [only] = folders;
const tests = (folders.size === 1 && TESTS[only]) || [
  ...new Set([...Object.values(TESTS).flat(), ...OTHERS]),
];
const { status } = spawnSync(
  process.execPath,
  [
    stryker,
    "run",
    "scripts/mutants/stryker.config.json",
    ...(files.length > 0 ? ["--mutate", files.join(",")] : []),
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, MUTANTS_TESTS: tests.join("|") } },
);
process.exitCode = status ?? 1;
