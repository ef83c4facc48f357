// The peers are no dependencies of the project: the bench installs them for itself, in the versions of peers.json.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const VERSIONS = JSON.parse(readFileSync(new URL("peers.json", import.meta.url), "utf8"));
/** Those that requests are sent with; the others are only installed, to see what that costs. */
const USED = ["axios", "dotenv", "sipgateio", "undici"];

const folder = fileURLToPath(new URL(".peers/", import.meta.url));

export function npm(args, cwd) {
  return execFileSync("npm", ["--no-audit", "--no-fund", "--loglevel=error", ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

export function installPeers() {
  const dependencies = Object.fromEntries(USED.map((name) => [name, VERSIONS[name]]));
  const manifest = JSON.stringify({ private: true, dependencies });
  const file = `${folder}package.json`;
  const isInstalled = existsSync(`${folder}node_modules`) && readFileSync(file, "utf8") === manifest;
  if (isInstalled) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, manifest);
  npm(["install"], folder);
}
