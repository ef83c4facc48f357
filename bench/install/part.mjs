// What installing brings along, ours from the packed tarball and the others from the registry.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demand, inTurns, target } from "../measure.mjs";
import { npm, VERSIONS } from "../peers.mjs";

const OURS = "sipgate-call";
const PEERS = ["sipgateio", "twilio", "@vonage/voice"];
const folder = fileURLToPath(new URL("../.install/", import.meta.url));

export async function run({ quick }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const rows = { [OURS]: () => installed(OURS, packed(), ["--offline"]) };
  for (const name of quick ? [] : PEERS) rows[name] = () => installed(name, `${name}@${VERSIONS[name]}`, []);
  // What comes from the registry is in npm's cache after the first time.
  if (!quick) for (const install of Object.values(rows)) install();
  const samples = await inTurns(quick ? 1 : 3, rows);
  rmSync(folder, { recursive: true });
  const { packages, MB } = samples[OURS];
  const targets = [
    target("packages, at most 3", packages, { atMost: 3 }),
    target("MB, at most 1", MB, { atMost: 1 }),
  ];
  return [{ title: "Installing", samples, targets }];
}

/** Packs ours. @returns the tarball's path */
function packed() {
  const source = fileURLToPath(new URL("../../packages/call", import.meta.url));
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], source));
  return join(folder, filename);
}

function installed(name, what, options) {
  const project = join(folder, "project");
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), "{}");
  const begun = performance.now();
  npm(["install", "--ignore-scripts", ...options, what], project);
  const seconds = (performance.now() - begun) / 1000;
  const lock = JSON.parse(readFileSync(join(project, "node_modules/.package-lock.json"), "utf8"));
  demand(`node_modules/${name}` in lock.packages, `${name} isn't among what was installed`);
  const files = readdirSync(join(project, "node_modules"), { recursive: true, withFileTypes: true });
  const bytes = files
    .filter((file) => file.isFile())
    .map((file) => statSync(join(file.parentPath ?? file.path, file.name)).size);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  return { packages: Object.keys(lock.packages).length, MB: total / 1e6, "wall s": seconds };
}
