// Prepares a clone: installs what is missing and builds what has changed. Two at once wait for each other.
//   node scripts/setup.mjs             what `npm start` needs
//   node scripts/setup.mjs --phones    what the sandbox with phones needs as well
//   node scripts/setup.mjs --packages  packages for development, and everything that is built, as well
//   node scripts/setup.mjs --tests     what `npm test` needs as well: programs of the system
import { fileURLToPath } from "node:url";
import { checkNodeVersion } from "./setup/node-version.mjs";

checkNodeVersion();

const { SetupError } = await import("./setup/setup-error.mjs");
const { withFolderLock } = await import("./setup/folder-lock.mjs");
const { installPackages, isInstalled, linkCommands } = await import("./setup/npm-packages.mjs");
const { isEmbeddedPostgresLinked, linkEmbeddedPostgres } = await import("./setup/embedded-postgres.mjs");
const { installSystemPackages } = await import("./setup/system-packages.mjs");

const root = fileURLToPath(new URL("..", import.meta.url));
const forTests = process.argv.includes("--tests");
const everything = forTests || process.argv.includes("--packages");
const level = everything ? "everything" : process.argv.includes("--phones") ? "phones" : "main";

try {
  if (forTests) installSystemPackages();
  if (!isInstalled(root, level)) {
    await withFolderLock(root, async () => {
      if (!isInstalled(root, level)) await installPackages(root, level);
    });
  }
  if (everything && !isEmbeddedPostgresLinked(root))
    await withFolderLock(root, async () => linkEmbeddedPostgres(root));
  // Only now are the packages that building needs certain to be there.
  const { buildPackages, isBuilt } = await import("./build.mjs");
  if (!isBuilt(level)) await withFolderLock(root, () => buildPackages(level));
  await linkCommands(root, everything);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
