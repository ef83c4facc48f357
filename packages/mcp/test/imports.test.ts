// Each folder imports only what its row in biome.json allows, and no files import each other in a circle.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { circleIn, importsOf } from "../../../test/import-graph.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const SRC = "packages/mcp/src";

/** What each folder may import, and what it may not. */
const ROWS: Readonly<Record<string, { allowed: readonly string[]; forbidden: readonly string[] }>> = {
  "": {
    allowed: ["./rules/rules.js", "sipgate-call", "sipgate-sandbox", "node:fs"],
    forbidden: ["../../call/src/index.js", "sipgate-call/dist/index.js", "libphonenumber-js/max"],
  },
  files: { allowed: ["sipgate-call", "node:fs"], forbidden: ["../text.js", "../rules/rules.js"] },
  rules: {
    allowed: ["../files/folders.js", "sipgate-call", "libphonenumber-js/max"],
    forbidden: [
      "../tools/tool.js",
      "../plans/plan-store.js",
      "@modelcontextprotocol/server",
      "sipgate-sandbox",
    ],
  },
  plans: {
    allowed: ["../files/folders.js"],
    forbidden: ["../rules/rules.js", "@modelcontextprotocol/server"],
  },
  yes: {
    allowed: ["../plans/plan-store.js", "@modelcontextprotocol/server"],
    forbidden: ["../tools/tool.js", "sipgate-call"],
  },
  tools: {
    allowed: ["../yes/ask-person.js", "sipgate-call", "zod"],
    forbidden: ["../main.js", "../create-server.js", "node:fs", "sipgate-sandbox"],
  },
  server: {
    allowed: ["../create-server.js", "@modelcontextprotocol/server/stdio"],
    forbidden: ["../tools/tool.js", "sipgate-call"],
  },
  install: {
    allowed: ["../files/folders.js"],
    forbidden: ["../tools/tool.js", "@modelcontextprotocol/server"],
  },
};

const WAYS: readonly ((specifier: string) => string)[] = [
  (specifier) => `export { something } from "${specifier}";`,
  (specifier) => `export const something = import("${specifier}");`,
  (specifier) => `import type { Something } from "${specifier}";\nexport type Other = Something;`,
];

/** @returns the files that break a rule about imports */
function refused(files: Readonly<Record<string, string>>): Set<string> {
  const copy = mkdtempSync(join(tmpdir(), "sipgate-call-lint-"));
  try {
    copyFileSync(join(root, "biome.json"), join(copy, "biome.json"));
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(join(copy, dirname(file)), { recursive: true });
      writeFileSync(join(copy, file), `${code}\n`);
    }
    const report = JSON.parse(lint(copy)) as {
      diagnostics: readonly { category: string; location: { path: string } }[];
    };
    const found = report.diagnostics.filter(({ category }) => category.endsWith("noRestrictedImports"));
    return new Set(found.map(({ location }) => location.path));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** What Biome prints; it fails if it finds something, which it should. */
function lint(cwd: string): string {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const words = [
    biome,
    "lint",
    "--vcs-enabled=false",
    "--reporter=json",
    "--max-diagnostics=none",
    "packages",
  ];
  try {
    return execFileSync(process.execPath, words, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    if (error instanceof Error && "stdout" in error) return String(error.stdout);
    throw error;
  }
}

describe("the imports of packages/mcp", () => {
  it("are what each folder's row allows, static, lazy and types", () => {
    const probes = Object.entries(ROWS).flatMap(([folder, { allowed, forbidden }]) =>
      [
        ...allowed.map((name) => ({ name, ok: true })),
        ...forbidden.map((name) => ({ name, ok: false })),
      ].flatMap(({ name, ok }) => WAYS.map((write) => ({ folder, name, ok, code: write(name) }))),
    );
    const named = probes.map((probe, index) => ({
      ...probe,
      file: join(SRC, probe.folder, `probe${index}.ts`),
    }));
    const bad = refused(Object.fromEntries(named.map(({ file, code }) => [file, code])));
    const wrong = named.filter(({ file, ok }) => bad.has(file) === ok);
    expect(wrong.map(({ folder, code }) => `${folder}: ${code}`)).toEqual([]);
  });

  const sources = readdirSync(join(root, SRC), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"));

  it("have a row for every folder", () => {
    const folders = sources.map((file) => (file.includes("/") ? dirname(file) : ""));
    expect(new Set(folders)).toEqual(new Set(Object.keys(ROWS)));
  });

  it("make no circle, and load the sandbox only when it's asked for", () => {
    const graph = importsOf(
      Object.fromEntries(sources.map((file) => [file, readFileSync(join(root, SRC, file), "utf8")])),
    );
    expect(circleIn(graph)).toBeUndefined();
    const ofSandbox = [...graph.values()].flat().filter(({ specifier }) => specifier === "sipgate-sandbox");
    expect(new Set(ofSandbox.map(({ kind }) => kind))).not.toContain("static");
    expect(ofSandbox.length).toBeGreaterThan(0);
  });
});
