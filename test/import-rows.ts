// The tests of which folder may import what. The linter enforces it (biome.json of each package); here it shows that it
// does, with probes: files that import what a row allows, and what it forbids.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { circleIn, importsBelow } from "./import-graph.js";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What shows that the row of a folder holds. */
export interface ImportRow {
  /** What a file in the folder may import. */
  readonly allowed: readonly string[];
  /** What it may not: its neighbours, what lies above it, and packages. */
  readonly forbidden: readonly string[];
}

/** Each way to import. */
export const WAYS: Readonly<Record<string, (specifier: string) => string>> = {
  "a static import": (specifier) => `export { something } from "${specifier}";`,
  "a lazy import": (specifier) => `export const something = import("${specifier}");`,
  "a type": (specifier) => `import type { Something } from "${specifier}";\nexport type Other = Something;`,
};

/**
 * Lints probes, in a copy of the folders: nobody else reads them there.
 *
 * @param probes code by the file that it would stand in, from the root of the repository
 * @returns the names of the rules that each file breaks; a file that breaks none is not in it
 */
export function rulesBrokenBy(probes: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const copy = mkdtempSync(join(tmpdir(), "sipgate-call-lint-"));
  try {
    for (const config of ["biome.json", ...packageConfigs()]) cpSync(join(root, config), join(copy, config));
    for (const [file, code] of probes) {
      mkdirSync(join(copy, dirname(file)), { recursive: true });
      writeFileSync(join(copy, file), `${code}\n`);
    }
    return rulesByFile(lint(copy));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function packageConfigs(): string[] {
  const configs = readdirSync(join(root, "packages")).map((name) => `packages/${name}/biome.json`);
  return configs.filter((config) => existsSync(join(root, config)));
}

/** What Biome prints; it fails if it finds something, which it should. */
function lint(folder: string): string {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const words = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "packages"];
  try {
    return execFileSync(process.execPath, [biome, ...words], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    if (error instanceof Error && "stdout" in error) return String(error.stdout);
    throw error;
  }
}

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string };
  }[];
}

function rulesByFile(json: string): Map<string, string[]> {
  const { diagnostics } = JSON.parse(json) as Report;
  const rules = new Map<string, string[]>();
  for (const { category, location } of diagnostics)
    rules.set(location.path, [...(rules.get(location.path) ?? []), category.split("/").at(-1) ?? ""]);
  return rules;
}

interface Probe {
  readonly folder: string;
  /** E.g. `a type: ../errors.js`. */
  readonly what: string;
  readonly isAllowed: boolean;
  readonly file: string;
  readonly code: string;
}

function probesOf(sources: string, rows: Readonly<Record<string, ImportRow>>): Probe[] {
  return Object.entries(rows).flatMap(([folder, { allowed, forbidden }]) =>
    [...allowed, ...forbidden].flatMap((specifier, index) =>
      Object.entries(WAYS).map(([way, write], number) => ({
        folder,
        what: `${way}: ${specifier}`,
        isAllowed: index < allowed.length,
        file: join(sources, folder, `probe-${index}-${number}.ts`),
        code: write(specifier),
      })),
    ),
  );
}

/**
 * Tests that each folder imports only what its row allows, that every folder has a row, and that no files import one
 * another in a circle, types and lazy imports included.
 *
 * @param sources the folder of a package's sources, e.g. `packages/call/src`
 * @param rows one for each folder below it, `""` for the sources themselves
 * @param rowOf the row that holds for a folder, if several share one
 */
export function testImportRows(
  sources: string,
  rows: Readonly<Record<string, ImportRow>>,
  rowOf: (folder: string) => string = (folder) => folder,
): void {
  const probes = probesOf(sources, rows);
  describe(`The linter, in ${sources},`, () => {
    let broken: ReadonlyMap<string, readonly string[]>;
    beforeAll(() => {
      broken = rulesBrokenBy(new Map(probes.map(({ file, code }) => [file, code])));
    }, 60_000);
    const refused = ({ file }: Probe) => broken.get(file)?.includes("noRestrictedImports") === true;

    describe.each(Object.keys(rows))("in the folder %j", (name) => {
      const ofFolder = probes.filter(({ folder }) => folder === name);
      it("refuses what its row forbids, in every way", () => {
        const missed = ofFolder.filter((probe) => !probe.isAllowed && !refused(probe));
        expect(missed.map(({ what }) => what)).toEqual([]);
      });

      it("allows what its row allows, in every way", () => {
        const wrong = ofFolder.filter((probe) => probe.isAllowed && refused(probe));
        expect(wrong.map(({ what }) => what)).toEqual([]);
      });
    });
  });

  describe(`The files of ${sources}`, () => {
    const graph = importsBelow(join(root, sources, "/"));

    it("stand in folders that have a row", () => {
      const folders = [...graph.keys()].map((file) => (file.includes("/") ? dirname(file) : ""));
      expect(new Set(folders.map(rowOf))).toEqual(new Set(Object.keys(rows)));
    });

    it("import one another without a circle, types and lazy imports included", () => {
      expect(circleIn(graph)).toBeUndefined();
    });
  });
}
