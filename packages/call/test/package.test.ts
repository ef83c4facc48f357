import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build as buildWithEsbuild } from "esbuild";
import { publint } from "publint";
import { build as buildWithRolldown } from "rolldown";
import type { Sandbox } from "sipgate-sandbox";
import { build as buildWithVite } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compiler, installNodeTypes, NODE_PROGRAM, PROGRAM, projectOf, run } from "./projects.js";
import { strictSandbox } from "./support.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const PACKAGES = ["call", "sandbox", "mcp", "dialer"] as const;
const NAMES = {
  call: "sipgate-call",
  sandbox: "sipgate-sandbox",
  mcp: "sipgate-call-mcp",
  dialer: "sipgate-dialer",
} as const;
/** Unpacked, in bytes. */
const LARGEST = { call: 1_100_000, mcp: 1_000_000, dialer: 1_000_000 } as const;

let project: string;
const tarballs = new Map<string, string>();

function npm(args: string[], cwd: string): string {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

interface PackReport {
  unpackedSize: number;
  files: { path: string }[];
}
const reports = new Map<string, PackReport>();

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "sipgate-call-pack-"));
  const packing = fileURLToPath(new URL("scripts/pack.mjs", pathToFileURL(`${root}/`)));
  const packed = execFileSync(process.execPath, [packing, project], { encoding: "utf8" }).trim().split("\n");
  for (const name of PACKAGES) {
    const tarball = packed.find((path) => new RegExp(`^${NAMES[name]}-\\d`).test(basename(path))) ?? "";
    tarballs.set(name, tarball);
    const [report] = JSON.parse(npm(["pack", "--json", "--dry-run", tarball], project));
    reports.set(name, report);
  }
  mkdirSync(join(project, "app"));
  writeFileSync(join(project, "app/package.json"), "{}");
  npm(["install", "--no-audit", "--no-fund", "--offline", ...tarballs.values()], join(project, "app"));
}, 300_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

function inApp(file: string, code: string): string {
  const path = join(project, "app", file);
  writeFileSync(path, code);
  return execFileSync(process.execPath, [path], { encoding: "utf8", stdio: "pipe" }).trim();
}

describe.each(PACKAGES)("the package of %s", (name) => {
  it("holds what it should and nothing else", () => {
    const files = reports.get(name)?.files.map(({ path }) => path) ?? [];
    expect(files).toEqual(
      expect.arrayContaining(["README.md", "LICENSE", "package.json", "dist/index.js", "dist/index.d.ts"]),
    );
    expect(
      files.filter(
        (file) =>
          !/^(?:README\.md|LICENSE|package\.json|dist\/.+\.(?:js|cjs|d\.c?ts|html|css|svg))$/.test(file),
      ),
    ).toEqual([]);
  });

  it("is well-formed (publint)", async () => {
    const { messages } = await publint({
      pkgDir: join(project, "app/node_modules", NAMES[name]),
      strict: true,
      pack: false,
    });
    expect(messages).toEqual([]);
  });

  it("has types that fit (are the types wrong)", async () => {
    const tarball = readFileSync(tarballs.get(name) ?? "");
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
    if (!("problems" in analysis)) throw new Error("no types");
    expect(analysis.problems).toEqual([]);
  });
});

describe("in an empty project", () => {
  it.each([
    ["sipgate-call", "createClient"],
    ["sipgate-sandbox", "createSandbox"],
    ["sipgate-call-mcp", "withRules"],
    ["sipgate-dialer", "startDialer"],
  ])("%s can be imported and required", (name, member) => {
    expect(inApp("a.mjs", `import { ${member} } from "${name}"; console.log(typeof ${member});`)).toBe(
      "function",
    );
    expect(inApp("b.cjs", `const { ${member} } = require("${name}"); console.log(typeof ${member});`)).toBe(
      "function",
    );
  });

  it.each(["sipgate-call", "sipgate-call-mcp", "sipgate-dialer"])("the command %s runs", (command) => {
    expect(npm(["exec", "--offline", command, "--", "--version"], join(project, "app")).trim()).toBe("0.1.0");
  });

  it.each(["call", "mcp", "dialer"] as const)("%s is one package of about a megabyte", (name) => {
    const manifest = JSON.parse(readFileSync(join(root, `packages/${name}/package.json`), "utf8"));
    expect(manifest.dependencies).toBeUndefined();
    expect(reports.get(name)?.unpackedSize).toBeLessThan(LARGEST[name]);
  });
});

describe("outside Node", () => {
  it("nothing of Node is needed", () => {
    const list = join(root, "packages/call/dist");
    const imports = reachable(join(list, "index.web.js"));
    expect(imports.filter((specifier) => specifier.startsWith("node:"))).toEqual([]);
    expect(imports.length).toBeGreaterThan(3);
  });
});

/** Everything that a bundled module imports, at once or later. */
function reachable(entry: string, seen = new Set<string>()): string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  const specifiers = [
    ...readFileSync(entry, "utf8").matchAll(/(?:from|import)\s*\(?\s*["`]([^"`]+)["`]/g),
  ].map(([, specifier]) => specifier ?? "");
  return specifiers.flatMap((specifier) =>
    specifier.startsWith(".") ? [specifier, ...reachable(join(entry, "..", specifier), seen)] : [specifier],
  );
}

describe("in projects as users have them", () => {
  let sandbox: Sandbox;
  let env: Record<"BASE_URL" | "TOKEN_ID" | "TOKEN", string>;
  const app = () => join(project, "app");
  beforeAll(async () => {
    installNodeTypes(app());
    sandbox = await strictSandbox();
    const { tokenId, token, baseUrl } = sandbox.classic;
    env = { BASE_URL: baseUrl, TOKEN_ID: tokenId, TOKEN: token };
  });
  afterAll(() => sandbox.close());

  const IN_NODE = { lib: ["ES2023"], types: ["node"] };
  const IN_BROWSERS = { lib: ["ES2023", "DOM"], types: [] };
  const RUNS = "true 403\nemergency";

  describe.each([
    ["CommonJS, node16", 7, {}, { module: "node16", ...IN_NODE }],
    ["ES modules, node16", 7, { type: "module" }, { module: "node16", ...IN_NODE }],
    ["CommonJS, nodenext", 7, {}, { module: "nodenext", ...IN_NODE }],
    ["ES modules, nodenext", 7, { type: "module" }, { module: "nodenext", ...IN_NODE }],
    ["CommonJS, node10", 5, {}, { module: "commonjs", moduleResolution: "node10", ...IN_NODE }],
    [
      "ES modules, node10",
      5,
      { type: "module" },
      { module: "esnext", moduleResolution: "node10", ...IN_NODE },
    ],
    ["CommonJS, node16, TypeScript 5", 5, {}, { module: "node16", ...IN_NODE }],
    [
      "bundler for Node",
      7,
      { type: "module" },
      { module: "esnext", moduleResolution: "bundler", customConditions: ["node"], ...IN_NODE },
    ],
  ] as const)("TypeScript: %s", (name, version, manifest, compilerOptions) => {
    it.concurrent("compiles, and runs", async () => {
      const folder = projectOf(app(), name, {
        "package.json": manifest,
        "main.ts": NODE_PROGRAM,
        "tsconfig.json": {
          compilerOptions: { target: "es2022", strict: true, outDir: "out", ...compilerOptions },
        },
      });
      expect(await run(folder, [compiler(version), "-p", "."])).toEqual({ code: 0, out: "" });
      const { code, out } = await run(folder, ["out/main.js"], { ...env, XDG_CONFIG_HOME: folder });
      expect([code, out.trim().split("\n").sort()]).toEqual([
        0,
        [...RUNS.split("\n"), "invalid-settings"].sort(),
      ]);
    });
  });

  it.concurrent.each([
    ["bundler", { module: "esnext", moduleResolution: "bundler" }],
    [
      "bundler, of its browser condition",
      { module: "esnext", moduleResolution: "bundler", customConditions: ["browser"] },
    ],
  ])(
    "TypeScript for browsers: %s: compiles without types of Node, and has no openProfile",
    async (name, options) => {
      const compilerOptions = { target: "es2022", strict: true, noEmit: true, ...options, ...IN_BROWSERS };
      const folder = projectOf(app(), name, {
        "package.json": { type: "module" },
        "browser/main.ts": PROGRAM,
        "browser/tsconfig.json": { compilerOptions },
        "node/main.ts": NODE_PROGRAM,
        "node/tsconfig.json": { compilerOptions },
      });
      expect(await run(folder, [compiler(7), "-p", "browser"])).toEqual({ code: 0, out: "" });
      const { code, out } = await run(folder, [compiler(7), "-p", "node"]);
      expect([code, out.match(/error .*/g)]).toEqual([
        expect.any(Number),
        [expect.stringContaining("has no exported member 'openProfile'")],
      ]);
      expect(code).not.toBe(0);
    },
  );

  it("the types of the Node build need no types of Node either", async () => {
    const compilerOptions = {
      target: "es2022",
      strict: true,
      noEmit: true,
      module: "nodenext",
      skipLibCheck: false,
      ...IN_BROWSERS,
    };
    const folder = projectOf(app(), "no types", {
      "package.json": { type: "module" },
      "main.ts": NODE_PROGRAM,
      "tsconfig.json": { compilerOptions },
    });
    expect(await run(folder, [compiler(7), "-p", "."])).toEqual({ code: 0, out: "" });
  });

  const CODE = `import { createClient, isCallError } from "sipgate-call";
    export async function place({ BASE_URL: baseUrl, TOKEN_ID: tokenId, TOKEN: token }) {
      const client = createClient({ credentials: { tokenId, token }, baseUrl });
      try { await client.place({ caller: "e0", callee: "+493023125000" }); await client.place({ caller: "e0", callee: "112" }); }
      catch (error) { return isCallError(error) && error.code; }
    }`;

  describe.each<[string, (entry: string, file: string) => Promise<unknown>]>([
    [
      "Vite",
      (entry, file) =>
        buildWithVite({
          configFile: false,
          logLevel: "silent",
          build: {
            outDir: join(file, ".."),
            emptyOutDir: false,
            lib: { entry, formats: ["es"], fileName: () => basename(file) },
          },
        }),
    ],
    [
      "esbuild for browsers",
      (entry, file) =>
        buildWithEsbuild({
          entryPoints: [entry],
          outfile: file,
          bundle: true,
          format: "esm",
          logLevel: "silent",
        }),
    ],
    [
      "esbuild for workers",
      (entry, file) =>
        buildWithEsbuild({
          entryPoints: [entry],
          outfile: file,
          bundle: true,
          format: "esm",
          platform: "neutral",
          conditions: ["workerd", "worker", "browser"],
          mainFields: ["module"],
          logLevel: "silent",
        }),
    ],
    [
      "Rolldown for browsers",
      (entry, file) =>
        buildWithRolldown({
          input: entry,
          platform: "browser",
          output: { dir: join(file, ".."), entryFileNames: basename(file) },
        }),
    ],
  ])("bundled by %s", (name, bundle) => {
    it("has nothing of Node, and places a call", async () => {
      const folder = projectOf(app(), name, { "main.js": CODE, "package.json": { type: "module" } });
      const file = join(folder, "out/bundle.mjs");
      await bundle(join(folder, "main.js"), file);
      for (const made of readdirSync(join(file, "..")).filter((name) => /\.m?js$/.test(name)))
        expect(readFileSync(join(file, "..", made), "utf8")).not.toMatch(/["'`]node:/);
      const { place } = await import(pathToFileURL(file).href);
      expect(await place(env)).toBe("invalid-request");
    });
  });

  describe("beside an installed key store, whose native code bundlers can't take", () => {
    beforeAll(() => {
      const installed = join(app(), "node_modules/@napi-rs");
      symlinkSync(fileURLToPath(new URL("../../../node_modules/@napi-rs", import.meta.url)), installed);
    });

    const buildForNode = (entry: string, file: string) =>
      buildWithEsbuild({
        entryPoints: [entry],
        outfile: file,
        bundle: true,
        platform: "node",
        logLevel: "silent",
      });
    const rollForNode = (entry: string, file: string) =>
      buildWithRolldown({
        input: entry,
        platform: "node",
        output: { dir: join(file, ".."), entryFileNames: basename(file), format: "cjs" },
      });
    const viteForNode = (entry: string, file: string) =>
      buildWithVite({
        root: join(entry, ".."),
        configFile: false,
        logLevel: "silent",
        ssr: { noExternal: true },
        build: {
          ssr: entry,
          outDir: join(file, ".."),
          rolldownOptions: { output: { entryFileNames: basename(file) } },
        },
      });

    it.each<[string, string, (entry: string, file: string) => Promise<unknown>]>([
      ["esbuild, CommonJS", "cjs", buildForNode],
      ["Rolldown, CommonJS", "cjs", rollForNode],
      ["Vite, ES module", "mjs", viteForNode],
    ])("a program for Node is bundled by %s, and runs", async (name, ending, bundle) => {
      const code = `import { openProfile } from "sipgate-call";
        openProfile().catch((error) => console.log(error.code, error.problems[0].message));`;
      const folder = projectOf(app(), name, { "main.mjs": code });
      const profiles = join(folder, "settings/sipgate-call/profiles");
      mkdirSync(profiles, { recursive: true, mode: 0o700 });
      writeFileSync(join(profiles, "default.json"), '{"sealed":"AAAA"}');
      const file = join(folder, `out/bundle.${ending}`);
      await bundle(join(folder, "main.mjs"), file);
      const { out } = await run(folder, [file], { XDG_CONFIG_HOME: join(folder, "settings") });
      expect(out).toMatch(/^invalid-settings It's sealed, /);
    });
  });

  it("no part of the CommonJS build uses import(), which Jest can't run", () => {
    for (const { path } of PACKAGES.flatMap(
      (name) => reports.get(name)?.files.map((file) => ({ path: `${NAMES[name]}/${file.path}` })) ?? [],
    )) {
      if (path.endsWith(".cjs"))
        expect(readFileSync(join(app(), "node_modules", path), "utf8")).not.toMatch(/\bimport\(/);
    }
  });
});
