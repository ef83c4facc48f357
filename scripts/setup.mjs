// Makes a fresh clone ready: installs what the lock file names if that isn't installed, and builds what changed.
import { execFileSync, execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 20)) {
  console.error(
    `sipgate-call needs Node.js 20.20 or newer; this is ${process.version}. See https://nodejs.org`,
  );
  process.exit(1);
}

/** npm leaves a copy of the lock file's packages in node_modules; where the two agree nothing is to be installed. */
function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8")).packages;
    const present = JSON.parse(readFileSync(`${root}node_modules/.package-lock.json`, "utf8")).packages;
    return Object.entries(wanted).every(
      ([path, entry]) =>
        !path.startsWith("node_modules/") || entry.optional || present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

if (!isInstalled()) {
  console.error("Installing what this needs (npm ci), once …");
  execSync("npm ci --no-audit --no-fund --loglevel=error", { cwd: root, stdio: ["ignore", 2, 2] });
}
execFileSync(process.execPath, [`${root}scripts/build.mjs`], { cwd: root, stdio: ["ignore", 2, 2] });
