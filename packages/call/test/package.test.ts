import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const PACKAGES = ["call", "sandbox"] as const;
const MEGABYTE = 1_000_000;

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
    const tarball = packed.find((path) => basename(path).startsWith(`sipgate-${name}-`)) ?? "";
    tarballs.set(name, tarball);
    const [report] = JSON.parse(npm(["pack", "--json", "--dry-run", tarball], project));
    reports.set(name, report);
  }
  mkdirSync(join(project, "app"));
  writeFileSync(join(project, "app/package.json"), "{}");
  npm(["install", "--no-audit", "--no-fund", "--offline", ...tarballs.values()], join(project, "app"));
}, 120_000);

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
        (file) => !/^(?:README\.md|LICENSE|package\.json|dist\/.+\.(?:js|cjs|d\.c?ts))$/.test(file),
      ),
    ).toEqual([]);
  });

  it("is well-formed (publint)", async () => {
    const { messages } = await publint({
      pkgDir: join(project, "app/node_modules", `sipgate-${name}`),
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
  ])("%s can be imported and required", (name, member) => {
    expect(inApp("a.mjs", `import { ${member} } from "${name}"; console.log(typeof ${member});`)).toBe(
      "function",
    );
    expect(inApp("b.cjs", `const { ${member} } = require("${name}"); console.log(typeof ${member});`)).toBe(
      "function",
    );
  });

  it("the command line runs", () => {
    expect(npm(["exec", "--offline", "sipgate-call", "--", "--version"], join(project, "app")).trim()).toBe(
      "0.1.0",
    );
  });

  it("sipgate-call is one package of less than a megabyte", () => {
    const manifest = JSON.parse(readFileSync(join(root, "packages/call/package.json"), "utf8"));
    expect(manifest.dependencies).toBeUndefined();
    expect(reports.get("call")?.unpackedSize).toBeLessThan(MEGABYTE);
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
