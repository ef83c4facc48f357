// Builds every package: the patterns of German numbers and the list of countries, then types (tsc -b), then one bundle for each entry point (esbuild).
import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { rolldown } from "rolldown";
import { writeCountries } from "./countries.mjs";
import { writeGermanNumbers } from "./german-numbers.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const inPackage = (name) => `${root}packages/${name}`;
const { version } = JSON.parse(readFileSync(`${inPackage("call")}/package.json`, "utf8"));
const common = {
  bundle: true,
  minify: true,
  target: "node20.19",
  logLevel: "warning",
  legalComments: "none",
  define: { SIPGATE_CALL_VERSION: JSON.stringify(version) },
};

function types() {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-b"], {
    cwd: root,
    stdio: "inherit",
  });
}

/** The library: one ESM bundle for Node and one for everything else, sharing what they can in chunks. */
async function library() {
  const { metafile } = await build({
    ...common,
    minify: false,
    metafile: true,
    absWorkingDir: root,
    entryPoints: ["index", "index.web"].map((name) => `${inPackage("call")}/src/${name}.ts`),
    outdir: `${inPackage("call")}/dist`,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["node:*", "@napi-rs/keyring"],
    splitting: true,
    chunkNames: "chunks/[hash]",
  });
  for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
    const licences = licencesOf(Object.keys(inputs));
    if (licences === "") continue;
    // Whoever reads our code has no use for the code of other packages, and everybody downloads it.
    const { code } = await transform(readFileSync(root + file, "utf8"), {
      minify: true,
      format: "esm",
      target: common.target,
    });
    writeFileSync(root + file, licences + code);
  }
}

/**
 * The command line: CommonJS, which Node starts faster than ESM. What every run needs is in one file and the rest in
 * files of their own, since each kilobyte and each file that is read costs time. esbuild splits ESM only, so rolldown
 * does it; esbuild makes the result small and pure ASCII, which V8 reads faster.
 */
async function commandLine() {
  const outDir = `${inPackage("call")}/dist/cli`;
  const bundle = await rolldown({
    input: { main: `${inPackage("call")}/src/cli/main.ts` },
    platform: "node",
    external: ["sipgate-sandbox", "@napi-rs/keyring"],
    transform: { target: common.target, define: common.define },
    plugins: [
      {
        name: "prompts",
        resolveId: (id) => (id === "./prompts.js" ? { id: "./prompts.cjs", external: true } : undefined),
      },
    ],
  });
  await bundle.write({
    dir: outDir,
    format: "cjs",
    // Its own last step would print what esbuild has made small at full length again.
    minify: false,
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    codeSplitting: { groups: [{ name: "start", tags: ["$initial"] }] },
    plugins: [
      {
        name: "minify",
        renderChunk: async (code, { moduleIds }) =>
          licencesOf(moduleIds) +
          (await transform(code, { minify: true, format: "cjs", target: common.target })).code,
      },
    ],
  });
  const main = `${outDir}/main.cjs`;
  // The two dashes keep Node from taking --env-file for an option of its own.
  writeFileSync(main, `#!/usr/bin/env -S node --\n${readFileSync(main, "utf8")}`);
  chmodSync(main, 0o755);
}

/**
 * What init shows on a terminal, apart from the rest of the command line: importing it there would take helpers of
 * rolldown's, in a file that other commands would read too.
 */
async function prompts() {
  const outfile = `${inPackage("call")}/dist/cli/prompts.cjs`;
  const { metafile } = await build({
    ...common,
    entryPoints: [`${inPackage("call")}/src/cli/init/prompts.ts`],
    outfile,
    format: "cjs",
    platform: "node",
    metafile: true,
  });
  writeFileSync(outfile, licencesOf(Object.keys(metafile.inputs)) + readFileSync(outfile, "utf8"));
}

/** The licences of the packages that files are from, as a comment: they ask to go with every copy. Empty for ours. */
function licencesOf(files) {
  const packages = new Set(
    files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  const texts = [...packages].sort().map((name) => {
    const folder = `${root}node_modules/${name}`;
    const licences = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
    if (licences.length === 0) throw new Error(`${name} has no licence to go with it.`);
    const text = licences.map((licence) => readFileSync(`${folder}/${licence}`, "utf8").trim());
    return `${name}\n\n${text.join("\n\n")}`;
  });
  return texts.length === 0 ? "" : `/*!\n${texts.join("\n\n---\n\n").replaceAll("*/", "* /")}\n*/\n`;
}

async function sandbox() {
  const dist = `${inPackage("sandbox")}/dist`;
  await build({
    ...common,
    minify: false,
    outdir: dist,
    format: "esm",
    platform: "node",
    entryPoints: ["index.ts", "cli.ts"].map((file) => `${inPackage("sandbox")}/src/${file}`),
    splitting: true,
    chunkNames: "chunks/[hash]",
  });
  chmodSync(`${dist}/cli.js`, 0o755);
}

// Names of chunks change with their contents: what an earlier build left would be published too.
for (const name of ["call", "sandbox"])
  rmSync(`${inPackage(name)}/dist/chunks`, { recursive: true, force: true });
rmSync(`${inPackage("call")}/dist/cli`, { recursive: true, force: true });
writeGermanNumbers(`${inPackage("call")}/src/call/number/german-numbers.generated.ts`);
writeCountries(`${inPackage("call")}/src/call/number/countries.generated.ts`);
types();
await Promise.all([library(), commandLine(), prompts(), sandbox()]);
