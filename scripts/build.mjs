// Builds every package: the numbering plan, then types (tsc -b), then one bundle for each entry point (esbuild).
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeNumberingPlan } from "./numbering-plan.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const inPackage = (name) => `${root}packages/${name}`;
const common = {
  bundle: true,
  minify: true,
  target: "node20.19",
  logLevel: "warning",
  legalComments: "none",
};

function types() {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-b"], {
    cwd: root,
    stdio: "inherit",
  });
}

/** The library: one ESM bundle for Node and one for everything else, sharing what they can in chunks. */
function library() {
  return build({
    ...common,
    entryPoints: ["index.ts", "index.web.ts", "call/national-number.ts"].map(
      (file) => `${inPackage("call")}/src/${file}`,
    ),
    outbase: `${inPackage("call")}/src`,
    outdir: `${inPackage("call")}/dist`,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["node:*"],
    splitting: true,
    chunkNames: "chunks/[hash]",
  });
}

/** The command line: one CommonJS file, which Node starts faster than ESM. What is rarely needed stays outside. */
async function commandLine() {
  const outfile = `${inPackage("call")}/dist/cli.cjs`;
  await build({
    ...common,
    entryPoints: [`${inPackage("call")}/src/cli/main.ts`],
    outfile,
    format: "cjs",
    platform: "node",
    external: ["*/national-number.js", "sipgate-sandbox"],
    banner: { js: "#!/usr/bin/env node" },
  });
  chmodSync(outfile, 0o755);
}

async function sandbox() {
  const dist = `${inPackage("sandbox")}/dist`;
  await build({
    ...common,
    minify: false,
    entryPoints: ["index.ts", "cli.ts"].map((file) => `${inPackage("sandbox")}/src/${file}`),
    outdir: dist,
    format: "esm",
    platform: "node",
    packages: "external",
    splitting: true,
    chunkNames: "chunks/[hash]",
  });
  chmodSync(`${dist}/cli.js`, 0o755);
}

writeNumberingPlan(`${inPackage("call")}/src/call/numbering-plan.generated.ts`);
types();
await Promise.all([library(), commandLine(), sandbox()]);
