// What npm installs. The main job needs the root's `dependencies` only, the sandbox with phones those of one package more;
// tests, lint and benchmarks need the rest.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LEVELS } from "./levels.mjs";
import { SetupError } from "./setup-error.mjs";

/** Packages that `npm start` builds and runs. Others are installed by what uses them. */
const MAIN_PACKAGES = ["packages/call", "packages/sandbox"];

const PACKAGES = { main: MAIN_PACKAGES, phones: [...MAIN_PACKAGES, "packages/sandbox-phones"] };

const stampFile = (root) => join(root, "node_modules", ".installed.json");
const digestOfLock = (root) =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");

/** @param {string} level one of LEVELS */
export function isInstalled(root, level) {
  const stamp = readJson(stampFile(root));
  if (stamp?.lock === digestOfLock(root)) return LEVELS.indexOf(stamp.level) >= LEVELS.indexOf(level);
  return isCompleteByHand(root);
}

/** Whether somebody has run `npm ci` or `npm install`: then npm's copy of the lock file has all its packages. */
function isCompleteByHand(root) {
  const present = readJson(join(root, "node_modules", ".package-lock.json"))?.packages;
  if (present === undefined) return false;
  const wanted = Object.entries(readJson(join(root, "package-lock.json")).packages);
  return wanted.every(
    ([path, entry]) =>
      !path.startsWith("node_modules/") || entry.optional || present[path]?.version === entry.version,
  );
}

/** @param {string} level one of LEVELS */
export async function installPackages(root, level) {
  console.error("Installing packages, once …");
  // `npm ci` would first delete what a command that runs now may still load.
  const verb = existsSync(join(root, "node_modules")) ? ["install", "--no-save"] : ["ci"];
  const what =
    level === "everything"
      ? []
      : ["--omit=dev", "--include-workspace-root", ...PACKAGES[level].map((path) => `--workspace=${path}`)];
  await npm(root, [...verb, ...what, "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stampFile(root), JSON.stringify({ lock: digestOfLock(root), level }));
}

/**
 * npm links commands only if their files exist, and these are built after npm has run.
 *
 * @param {boolean} everything whether the commands of all packages count
 */
export async function linkCommands(root, everything) {
  const paths = everything ? readJson(join(root, "package.json")).workspaces : MAIN_PACKAGES;
  const missing = paths
    .map((path) => readJson(join(root, path, "package.json")))
    .filter(({ bin = {} }) => !Object.keys(bin).every((command) => isLinked(root, command)));
  if (missing.length === 0) return;
  await npm(root, ["rebuild", "--ignore-scripts", ...missing.map(({ name }) => name)], "ignore");
}

function isLinked(root, command) {
  const folder = join(root, "node_modules", ".bin");
  return existsSync(folder) && readdirSync(folder).includes(command);
}

function npm(root, args, output = 2) {
  return new Promise((resolve, reject) => {
    // On Windows npm is a script that only a shell can start; none of the words holds anything for it to interpret.
    const child = spawn("npm", args, {
      cwd: root,
      stdio: ["ignore", output, 2],
      shell: process.platform === "win32",
    });
    child.on("error", () =>
      reject(new SetupError("npm was not found. It comes with Node.js: https://nodejs.org")),
    );
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new SetupError(`npm ${args[0]} has failed; see above for its reason.`)),
    );
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
