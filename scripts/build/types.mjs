// The types of a package: each build has just the types of what it exports.
import { spawn } from "node:child_process";
import { renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @param {string[]} entries names of source files without their ending */
export async function bundleTypes(folder, into, entries) {
  await compile(folder);
  await bundle(folder, into, entries);
  // The same types for `require`, in one file: TypeScript takes the kind of module from the file's ending.
  await bundle(folder, `${into}/require`, ["index"]);
  renameSync(`${into}/require/index.d.ts`, `${into}/index.d.cts`);
  rmSync(`${into}/require`, { recursive: true });
}

async function bundle(folder, into, entries) {
  const { dts } = await import("rolldown-plugin-dts");
  const bundled = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, `${folder}/.types/${entry}.d.ts`])),
    external: [/^node:/, "sipgate-sandbox"],
    plugins: [dts({ dtsInput: true, emitDtsOnly: true, oxc: true, tsconfig: false })],
  });
  await bundled.write({ dir: into, entryFileNames: "[name].js", chunkFileNames: "types.js" });
  await bundled.close();
}

function compile(folder) {
  return new Promise((resolve, reject) => {
    const tsc = `${root}node_modules/typescript/bin/tsc`;
    const child = spawn(process.execPath, [tsc, "-p", folder], { stdio: ["ignore", 2, 2] });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`The types in ${folder} are wrong, see above.`)),
    );
  });
}
