// A part of a package's dist folder, built from known inputs. Commands that run meanwhile, and others that start, find
// complete files at any moment. New files are written beside the old ones, and each is put in place by one rename.
// What the build before made is removed only by the build after.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * @typedef {object} Part
 * @property {string} name unique in its package
 * @property {string} folder of the package
 * @property {string[]} inputs files and folders that the part is made of
 * @property {(into: string) => Promise<void>} make builds it into an empty folder
 */

const manifestOf = ({ folder, name }) => join(folder, "dist", `.${name}.json`);

/** @param {Part} part */
export function isPartBuilt(part) {
  return readManifest(part)?.inputs === digestOf(part);
}

/** @param {Part} part */
export async function updatePart(part) {
  const dist = join(part.folder, "dist");
  const before = readManifest(part)?.files ?? [];
  const inputs = digestOf(part);
  const staging = join(dist, `.${part.name}-staging`);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  await part.make(staging);
  // Chunks go first: an entry must not name a file that isn't there yet.
  const files = filesIn(staging)
    .map((file) => relative(staging, file))
    .sort(byChunksFirst);
  for (const file of files) putInPlace(join(staging, file), join(dist, file));
  rmSync(staging, { recursive: true, force: true });
  writeFileSync(manifestOf(part), JSON.stringify({ inputs, files, before }));
  removeOlder(part, dist, new Set([...files, ...before]));
}

function removeOlder(part, dist, kept) {
  const others = readdirSync(dist).filter(
    (name) => /^\..+\.json$/.test(name) && name !== `.${part.name}.json`,
  );
  for (const other of others) {
    const { files, before } = JSON.parse(readFileSync(join(dist, other), "utf8"));
    for (const file of [...files, ...before]) kept.add(file);
  }
  for (const file of filesIn(dist)) {
    const name = relative(dist, file);
    if (!kept.has(name) && !name.startsWith(".")) rmSync(file);
  }
}

const isChunk = (file) => dirname(file).endsWith("chunks");
const byChunksFirst = (a, b) => Number(isChunk(b)) - Number(isChunk(a));

function putInPlace(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

function readManifest(part) {
  try {
    return JSON.parse(readFileSync(manifestOf(part), "utf8"));
  } catch {
    return undefined;
  }
}

/** Of names and contents. */
function digestOf({ inputs, folder }) {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap(filesIn).sort())
    hash.update(`\0${relative(folder, file)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

/** @returns {string[]} the file itself, or every file below a folder */
function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesIn(join(path, entry.name)));
}
