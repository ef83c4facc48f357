// The types of a package: one file for each entry, so each build has just the types of what it exports.
import { spawn } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @param {string[]} entries names of source files without their ending */
export async function bundleTypes(folder, into, entries) {
  await compile(folder);
  const { dts } = await import("rolldown-plugin-dts");
  for (const entry of entries) {
    const bundled = await rolldown({
      input: { [entry]: `${folder}/.types/${entry}.d.ts` },
      external: [/^node:/, "sipgate-call", "sipgate-call-lists", "sipgate-sandbox"],
      // How long a plugin takes isn't of interest to who builds on a busy machine.
      checks: { pluginTimings: false },
      plugins: [dts({ dtsInput: true, emitDtsOnly: true, oxc: true, tsconfig: false })],
    });
    await bundled.write({ dir: into, entryFileNames: "[name].js" });
    await bundled.close();
  }
  const [first, ...others] = entries;
  for (const entry of others) shareTypes(`${into}/${entry}.d.ts`, `${into}/${first}.d.ts`, first);
  // TypeScript takes the kind of module from the file's ending. As with the code, the types stand once, for `require`.
  const names = exportedNames(`${into}/index.d.ts`);
  renameSync(`${into}/index.d.ts`, `${into}/index.d.cts`);
  writeFileSync(`${into}/index.d.ts`, `export { ${names.join(", ")} } from "./index.cjs";\n`);
}

/** What another entry exports too is told by the first one's types: the package would be larger by a copy of each. */
function shareTypes(file, firstFile, first) {
  const names = exportedNames(file);
  const known = new Set(exportedNames(firstFile));
  const missing = names.filter((name) => !known.has(name));
  if (missing.length > 0) throw new Error(`${file} exports ${missing.join(", ")}, and ${firstFile} doesn't.`);
  writeFileSync(file, `export { ${names.join(", ")} } from "./${first}.js";\n`);
}

function exportedNames(file) {
  const list = /^export \{ ([^}]*) \};$/m.exec(readFileSync(file, "utf8"))?.[1];
  if (list === undefined) throw new Error(`${file} has no list of exports.`);
  return list.split(", ");
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
