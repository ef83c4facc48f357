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
const SRC = "packages/dialer/src";

/** What each folder may import, and what it may not. */
const ROWS: Readonly<Record<string, { allowed: readonly string[]; forbidden: readonly string[] }>> = {
  "": {
    allowed: ["./server/sessions.js", "sipgate-call", "sipgate-sandbox", "node:fs"],
    forbidden: ["../../call/src/index.js", "sipgate-call/dist/index.js", "preact"],
  },
  wire: { allowed: ["./refusal.js", "sipgate-call"], forbidden: ["../server/sessions.js", "node:fs"] },
  numbers: {
    allowed: ["../wire/wire.js", "libphonenumber-js/max"],
    forbidden: ["../server/sessions.js", "node:fs"],
  },
  calls: {
    allowed: ["../numbers/read-text.js", "sipgate-call"],
    forbidden: ["../server/sessions.js", "../account/account.js", "node:fs"],
  },
  account: {
    allowed: ["../wire/wire.js", "sipgate-sandbox", "node:fs"],
    forbidden: ["../server/sessions.js", "../calls/calls.js"],
  },
  server: {
    allowed: ["../calls/calls.js", "../account/account.js", "node:http"],
    forbidden: ["sipgate-call", "sipgate-sandbox", "../start-dialer.js"],
  },
  page: {
    allowed: ["./state/calls.js", "preact"],
    forbidden: ["../server/sessions.js", "../wire/wire.js", "node:fs"],
  },
  "page/state": {
    allowed: ["../words/words.js", "../../wire/wire.js", "@preact/signals"],
    forbidden: ["../../server/sessions.js", "../../wire/decode.js", "node:fs", "libphonenumber-js/max"],
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

describe("the imports of packages/dialer", () => {
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
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => file.replaceAll("\\", "/"));

  it("have a row for every folder", () => {
    const folders = sources.map((file) => (file.includes("/") ? dirname(file) : ""));
    // All folders of the page have one row.
    const rows = folders.map((folder) => folder.replace(/^page\/.+/, "page/state"));
    expect(new Set(rows)).toEqual(new Set(Object.keys(ROWS)));
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
