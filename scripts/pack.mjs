// Packs the packages as they are published, built from nothing in a folder of their own.
//   npm run pack [-- FOLDER]    default: the current folder
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPackages, PARTS } from "./build.mjs";
import { withFolderLock } from "./setup/folder-lock.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Stands in all files for the owner's address, which is named in one place: `homepage` in the root's package.json. */
const PLACEHOLDER = "https://github.com/OWNER/sipgate-call";
const { homepage } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const withAddress = (text) => text.replaceAll(PLACEHOLDER, homepage.replace(/#.*/, ""));

/**
 * @param {string} destination folder for the archives
 * @returns {Promise<string[]>} their paths, the sandbox's first: the command line asks for it
 */
export async function packPackages(destination) {
  const staging = mkdtempSync(join(tmpdir(), "sipgate-call-pack-"));
  try {
    const folders = [...new Set(PARTS.map(({ folder }) => folder))];
    for (const folder of folders) {
      const copy = join(staging, basename(folder));
      mkdirSync(copy);
      for (const file of ["package.json", "README.md", "LICENSE"])
        writeFileSync(join(copy, file), withAddress(readFileSync(join(folder, file), "utf8")));
      for (const { make } of PARTS.filter((part) => part.folder === folder)) await make(join(copy, "dist"));
    }
    return folders.map((folder) => pack(join(staging, basename(folder)), destination));
  } finally {
    rmSync(staging, { recursive: true });
  }
}

function pack(folder, destination) {
  const { stdout, stderr, status } = spawnSync("npm", ["pack", "--json", "--pack-destination", destination], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm pack has failed in ${folder}:\n${stderr}`);
  const [{ filename }] = JSON.parse(stdout);
  return join(destination, filename);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const destination = resolve(process.argv[2] ?? ".");
  mkdirSync(destination, { recursive: true });
  // The types of the one package are those that the other names.
  await withFolderLock(root, () => buildPackages("everything"));
  for (const file of await packPackages(destination)) console.log(file);
}
