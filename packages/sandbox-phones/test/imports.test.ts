// The folders of this package, and what each may import: the linter's rows hold.
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
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SRC = "packages/sandbox-phones/src";

/** What a file in each folder may import, and what it may not: its neighbours above, other packages. */
const ROWS: Readonly<Record<string, { allowed: readonly string[]; forbidden: readonly string[] }>> = {
  codec: { allowed: ["./message.js"], forbidden: ["../ports.js", "../transports/flow.js", "node:net"] },
  transports: {
    allowed: ["../codec/message.js", "node:net", "ws"],
    forbidden: ["../transactions/branch.js", "werift"],
  },
  transactions: {
    allowed: ["../codec/message.js", "../transports/flow.js"],
    forbidden: ["../dialogs/dialog.js", "../ports.js", "ws"],
  },
  dialogs: {
    allowed: ["../transactions/branch.js"],
    forbidden: ["../calls/in-call.js", "../media/party.js"],
  },
  registrar: {
    allowed: ["../ports.js", "../transactions/branch.js"],
    forbidden: ["../dialogs/dialog.js", "../calls/in-call.js", "../media/party.js"],
  },
  media: {
    allowed: ["./rtp/reception.js", "../ports.js", "../transports/flow.js"],
    forbidden: ["../transactions/branch.js", "../calls/in-call.js", "../codec/message.js", "werift"],
  },
  "media/sdp": { allowed: ["../g711.js"], forbidden: ["../rtp/reception.js", "../../codec/message.js"] },
  "media/sources": { allowed: ["../g711.js"], forbidden: ["../rtp/reception.js", "../../ports.js"] },
  "media/rtp": {
    allowed: ["../g711.js", "../sdp/plain-sdp.js"],
    forbidden: ["../sources/sounds.js", "werift"],
  },
  "media/webrtc": {
    allowed: ["werift", "../rtp/rtp-packet.js"],
    forbidden: ["../sources/sounds.js", "ws"],
  },
  inspector: {
    allowed: ["../ports.js", "../codec/message.js"],
    forbidden: ["../calls/in-call.js", "../dialogs/dialog.js"],
  },
  calls: {
    allowed: ["../dialogs/dialog.js", "../media/party.js", "../inspector/masked.js"],
    forbidden: ["../start-phones.js", "../media/rtp/reception.js", "werift", "ws"],
  },
};
const OUTSIDE = ["sipgate-sandbox", "sipgate-call", "../../../sandbox/src/index.js"];

const WAYS: Readonly<Record<string, (specifier: string) => string>> = {
  static: (specifier) => `export { something } from "${specifier}";`,
  lazy: (specifier) => `export const something = import("${specifier}");`,
  type: (specifier) => `import type { Something } from "${specifier}";\nexport type Other = Something;`,
};

interface Probe {
  readonly file: string;
  readonly code: string;
  readonly what: string;
  readonly isAllowed: boolean;
}

const probes = Object.entries(ROWS).flatMap(([folder, { allowed, forbidden }]) =>
  Object.entries(WAYS).flatMap(([way, write]) =>
    [...allowed, ...forbidden, ...OUTSIDE].map(
      (specifier, index): Probe => ({
        file: `${SRC}/${folder}/probe-${way}-${index}.ts`,
        code: `${write(specifier)}\n`,
        what: `${folder} → ${specifier} (${way})`,
        isAllowed: index < allowed.length,
      }),
    ),
  ),
);

/** The probes in which the linter finds a forbidden import, by their files. */
function refused(): Set<string> {
  const copy = mkdtempSync(join(tmpdir(), "sandbox-phones-lint-"));
  try {
    copyFileSync(join(ROOT, "biome.json"), join(copy, "biome.json"));
    for (const { file, code } of probes) {
      mkdirSync(join(copy, dirname(file)), { recursive: true });
      writeFileSync(join(copy, file), code);
    }
    return new Set(
      lint(copy)
        .filter(([rule]) => rule.endsWith("noRestrictedImports"))
        .map(([, file]) => file),
    );
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function lint(folder: string): [rule: string, file: string][] {
  const words = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "packages"];
  let json: string;
  try {
    const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
    json = execFileSync(process.execPath, [biome, ...words], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    json = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
  }
  const { diagnostics } = JSON.parse(json) as {
    diagnostics: readonly { category: string; location: { path: string } }[];
  };
  return diagnostics.map(({ category, location }) => [category, location.path]);
}

describe("the linter", () => {
  let found: Set<string>;
  beforeAll(() => {
    found = refused();
  }, 60_000);

  it("refuses what a folder may not import, in every way", () => {
    expect(
      probes.filter(({ file, isAllowed }) => !isAllowed && !found.has(file)).map(({ what }) => what),
    ).toEqual([]);
  });

  it("allows what a folder may import", () => {
    expect(
      probes.filter(({ file, isAllowed }) => isAllowed && found.has(file)).map(({ what }) => what),
    ).toEqual([]);
  });
});

describe("the files of this package", () => {
  const files = readdirSync(join(ROOT, SRC), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const codeOf = (file: string) => readFileSync(join(ROOT, SRC, file), "utf8");

  it("have a row for every folder", () => {
    const folders = new Set(files.map((file) => dirname(file)).filter((folder) => folder !== "."));
    expect([...folders].sort()).toEqual(Object.keys(ROWS).sort());
  });

  it("know the sandbox by types of its ports alone", () => {
    const naming = files.filter((file) => /from "sipgate-sandbox"/.test(codeOf(file)));
    expect(naming).toEqual(["ports.ts"]);
    expect(codeOf("ports.ts")).toMatch(/^\/\*\*[^/]*\*\/\nexport type \{[^}]*\} from "sipgate-sandbox";\n$/);
  });

  it("import each other without a circle", () => {
    const imports = new Map(
      files.map((file) => [
        file,
        [...codeOf(file).matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
          relative(".", join(dirname(file), path.replace(/\.js$/, ".ts"))),
        ),
      ]),
    );
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): string[] => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return [];
      const circle = (imports.get(file) ?? [])
        .map((next) => visit(next, [...path, file]))
        .find((each) => each.length > 0);
      done.add(file);
      return circle ?? [];
    };
    expect(files.map((file) => visit(file, [])).find((circle) => circle.length > 0)).toBeUndefined();
  });
});
