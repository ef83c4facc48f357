// The folders of packages/call/src are layers. The linter holds each to what it may import (biome.json); what the linter
// can't see is checked here in the imports of all files.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { circleIn, type ImportGraph, importsBelow, importsOf } from "../../../test/import-graph.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const CALL = "packages/call/src";

interface Row {
  /** What a file in the folder may import. */
  readonly allowed: readonly string[];
  /** What it may not: its neighbours, what lies above it, and packages. */
  readonly forbidden: readonly string[];
}

const OUTSIDE_THE_DOMAIN = [
  "../../sipgate/api/wire.js",
  "../../client/client.js",
  "../../files/seal.js",
  "../../cli/command.js",
  "node:http",
  "sipgate-sandbox",
];
const inDomain = (...neighbours: string[]): Row => ({
  allowed: ["./neighbour.js", "../errors.js", "../number/phone-number.js", "../text/printable.js"],
  forbidden: [
    ...neighbours.map((folder) => `../${folder}/any.js`),
    "libphonenumber-js/max",
    ...OUTSIDE_THE_DOMAIN,
  ],
});
const ABOVE_SIPGATE = [
  "../../client/client.js",
  "../../files/seal.js",
  "../../cli/command.js",
  "sipgate-sandbox",
];
const inCommandLine = (own: string, ...folders: string[]): Row => ({
  allowed: [
    "./neighbour.js",
    "../command.js",
    ...folders.map((folder) => `../${folder}/any.js`),
    "../../call/errors.js",
    "../../call/follow/call-state.js",
    "../../client/client.js",
    "../../files/seal.js",
    "../../sipgate/http/http.js",
    "node:fs/promises",
  ],
  forbidden: [
    "../main.js",
    ...["commands", "completion", "connect", "dial", "init", "login", "past-calls"]
      .filter((folder) => folder !== own && !folders.includes(folder))
      .map((folder) => `../${folder}/any.js`),
    "../../index.js",
    "../../public.js",
    "libphonenumber-js/max",
  ],
});

/** Every folder of the sources, and what shows that its row holds. A probe stands in the folder, beside the real files. */
const ROWS: Readonly<Record<string, Row>> = {
  "": {
    allowed: [
      "./public.js",
      "./client/client.js",
      "./files/seal.js",
      "./call/errors.js",
      "./sipgate/http/http.js",
    ],
    forbidden: ["./cli/command.js", "./cli/dial/dial-call.js", "node:fs", "sipgate-sandbox"],
  },
  call: {
    allowed: ["./errors.js", "./number/phone-number.js", "./text/printable.js"],
    forbidden: [
      ...["control", "follow", "place", "preflight"].map((folder) => `./${folder}/any.js`),
      "../sipgate/api/wire.js",
      "../client/client.js",
      "../files/seal.js",
      "../cli/command.js",
      "../index.js",
      "node:http",
      "libphonenumber-js/max",
    ],
  },
  "call/text": {
    allowed: ["./printable.js"],
    forbidden: ["../errors.js", "../number/phone-number.js", ...OUTSIDE_THE_DOMAIN],
  },
  "call/number": {
    allowed: ["./phone-number.js", "../text/printable.js", "libphonenumber-js/max"],
    forbidden: ["../errors.js", "../place/place-call.js", ...OUTSIDE_THE_DOMAIN],
  },
  "call/place": inDomain("control", "follow", "preflight"),
  "call/follow": inDomain("control", "place", "preflight"),
  "call/control": inDomain("follow", "place", "preflight"),
  "call/preflight": inDomain("control", "follow", "place"),
  sipgate: {
    allowed: ["./hosts.js", "../call/end-cause.js", "../call/text/printable.js"],
    forbidden: [
      ...["api", "auth", "http", "platform", "push"].map((folder) => `./${folder}/any.js`),
      "../call/place/place-call.js",
      "../client/client.js",
      "../files/seal.js",
      "../cli/command.js",
      "node:http",
    ],
  },
  "sipgate/http": {
    allowed: [
      "./http.js",
      "../hosts.js",
      "../../call/errors.js",
      "../../call/text/printable.js",
      "node:http",
    ],
    forbidden: ["../auth/scopes.js", "../api/wire.js", "../../call/place/place-call.js", ...ABOVE_SIPGATE],
  },
  "sipgate/auth": {
    allowed: ["./scopes.js", "../hosts.js", "../http/http.js", "../../call/errors.js", "oauth4webapi"],
    forbidden: [
      "../api/wire.js",
      "../platform/neo.js",
      "../push/push-body.js",
      "node:http",
      ...ABOVE_SIPGATE,
    ],
  },
  "sipgate/api": {
    allowed: [
      "./wire.js",
      "../end-causes.js",
      "../auth/scopes.js",
      "../http/http.js",
      "../../call/follow/call-state.js",
    ],
    forbidden: ["../platform/neo.js", "../push/push-body.js", "node:http", ...ABOVE_SIPGATE],
  },
  "sipgate/platform": {
    allowed: ["./neo.js", "../api/wire.js", "../auth/scopes.js", "../http/http.js", "../../call/errors.js"],
    forbidden: ["../push/push-body.js", "node:http", ...ABOVE_SIPGATE],
  },
  "sipgate/push": {
    allowed: [
      "./push-body.js",
      "../end-causes.js",
      "../../call/errors.js",
      "../../call/follow/pushed-event.js",
    ],
    forbidden: ["../http/http.js", "../api/wire.js", "../../call/place/place-call.js", ...ABOVE_SIPGATE],
  },
  files: {
    allowed: [
      "./seal.js",
      "../call/errors.js",
      "../call/place/idempotency-store.js",
      "../sipgate/auth/oauth-tokens.js",
      "../sipgate/http/json.js",
      "node:fs/promises",
      "@napi-rs/keyring",
    ],
    forbidden: [
      "../call/follow/call-state.js",
      "../sipgate/api/wire.js",
      "../client/client.js",
      "../cli/command.js",
      "../index.js",
      "sipgate-sandbox",
    ],
  },
  client: {
    allowed: ["./call.js", "../call/errors.js", "../call/place/place-call.js", "../sipgate/platform/neo.js"],
    forbidden: ["../files/seal.js", "../cli/command.js", "../index.js", "node:fs", "sipgate-sandbox"],
  },
  cli: {
    allowed: [
      "./command.js",
      "./connect/connect.js",
      "./settings/settings.js",
      "./terminal/output.js",
      "../call/errors.js",
      "../client/client.js",
    ],
    forbidden: [
      "./main.js",
      ...["commands", "completion", "dial", "init", "login"].map((folder) => `./${folder}/any.js`),
      "../index.js",
      "sipgate-sandbox",
    ],
  },
  "cli/json": {
    allowed: ["../../call/errors.js", "../../call/follow/call-state.js", "../../sipgate/http/trace.js"],
    forbidden: [
      "../command.js",
      ...[
        "commands",
        "completion",
        "connect",
        "dial",
        "init",
        "login",
        "past-calls",
        "settings",
        "terminal",
      ].map((folder) => `../${folder}/any.js`),
      "../../client/client.js",
      "../../files/seal.js",
      "node:fs",
    ],
  },
  "cli/terminal": {
    allowed: [
      "./output.js",
      "../command-error.js",
      "../json/json-objects.js",
      "../usage-error.js",
      "../../call/errors.js",
      "../../sipgate/http/trace.js",
      "node:tty",
    ],
    forbidden: [
      "../command.js",
      ...["commands", "completion", "connect", "dial", "init", "login", "past-calls", "settings"].map(
        (folder) => `../${folder}/any.js`,
      ),
      "../../client/client.js",
      "../../files/seal.js",
    ],
  },
  "cli/settings": {
    allowed: [
      "./settings.js",
      "../command.js",
      "../usage-error.js",
      "../../call/errors.js",
      "../../files/plain-file.js",
      "node:fs",
    ],
    forbidden: [
      "../main.js",
      ...["commands", "completion", "connect", "dial", "init", "login", "past-calls"].map(
        (folder) => `../${folder}/any.js`,
      ),
      "../../client/client.js",
    ],
  },
  "cli/connect": inCommandLine("connect", "settings", "terminal"),
  "cli/dial": inCommandLine("dial", "connect", "settings", "terminal"),
  "cli/init": inCommandLine("init", "connect", "settings", "terminal"),
  "cli/login": inCommandLine("login", "connect", "settings", "terminal"),
  "cli/completion": {
    allowed: ["./bash.js", "../command.js"],
    forbidden: ["../main.js", "../commands/any.js", "../terminal/any.js", "../../call/errors.js", "node:fs"],
  },
  "cli/past-calls": inCommandLine("past-calls", "connect", "settings", "terminal"),
  "cli/contacts": inCommandLine("contacts", "settings", "terminal"),
  "cli/commands": inCommandLine(
    "commands",
    "completion",
    "connect",
    "contacts",
    "dial",
    "init",
    "json",
    "login",
    "past-calls",
    "settings",
    "terminal",
  ),
};

const WAYS: Readonly<Record<string, (specifier: string) => string>> = {
  "a static import": (specifier) => `export { something } from "${specifier}";`,
  "a lazy import": (specifier) => `export const something = import("${specifier}");`,
  "a type": (specifier) => `import type { Something } from "${specifier}";\nexport type Other = Something;`,
};

const GLOBALS = [
  "fetch(place)",
  "globalThis.fetch(place)",
  "window.fetch(place)",
  "self.fetch(place)",
  "new XMLHttpRequest()",
  "new WebSocket(place)",
  "new EventSource(place)",
  "navigator.sendBeacon(place)",
  "localStorage.getItem(place)",
  "process.env",
  "require(place)",
  "Buffer.from(place)",
  "location.href",
];

/** What is linted: code by the file it stands in. Each file is one probe. */
const probes = new Map<string, string>();

function probe(folder: string, code: string): string {
  const file = join(folder, `probe${probes.size}.ts`);
  probes.set(file, `${code}\n`);
  return file;
}

const imports = Object.entries(ROWS).flatMap(([folder, { allowed, forbidden }]) =>
  Object.entries(WAYS).map(([way, write]) => ({
    folder: join(CALL, folder),
    way,
    allowed: allowed.map((specifier) => ({ specifier, file: probe(join(CALL, folder), write(specifier)) })),
    forbidden: forbidden.map((specifier) => ({
      specifier,
      file: probe(join(CALL, folder), write(specifier)),
    })),
  })),
);
const globals = ["call", "call/place", "call/follow", "call/number"].flatMap((folder) =>
  GLOBALS.map((use) => ({
    folder,
    use,
    file: probe(join(CALL, folder), `export const used = (place: string) => [place, ${use}];`),
  })),
);
const printing = probe(join(CALL, "call"), 'console.log("dialling");');
const sandbox = ["sipgate-call", "../../call/src/index.js"].flatMap((specifier) =>
  Object.entries(WAYS).map(([way, write]) => ({
    way,
    specifier,
    file: probe("packages/sandbox/src", write(specifier)),
  })),
);

/** The rules that each probe breaks. */
let broken: ReadonlyMap<string, readonly string[]>;

/** All probes in one run of the linter: in a copy of the folders, where nobody else reads the sources. */
function lint(): ReadonlyMap<string, readonly string[]> {
  const copy = mkdtempSync(join(tmpdir(), "sipgate-call-lint-"));
  try {
    copyFileSync(join(root, "biome.json"), join(copy, "biome.json"));
    for (const [file, code] of probes) {
      mkdirSync(join(copy, dirname(file)), { recursive: true });
      writeFileSync(join(copy, file), code);
    }
    const options = ["--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none"];
    return rulesByFile(run(["lint", ...options, "packages"], copy));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** What Biome prints; it fails if it finds something, which it should. */
function run(words: readonly string[], cwd: string): string {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  try {
    return execFileSync(process.execPath, [biome, ...words], {
      cwd,
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
  readonly summary: { readonly errors: number };
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

const rulesBrokenBy = (file: string) => broken.get(file) ?? [];

describe("the linter", () => {
  beforeAll(() => {
    broken = lint();
  }, 60_000);

  it.each(imports)("refuses $way in $folder of what its row forbids", ({ forbidden }) => {
    const missed = forbidden.filter(({ file }) => !rulesBrokenBy(file).includes("noRestrictedImports"));
    expect(missed.map(({ specifier }) => specifier)).toEqual([]);
  });

  it.each(imports)("allows $way in $folder of what its row allows", ({ allowed }) => {
    const refused = allowed.filter(({ file }) => rulesBrokenBy(file).includes("noRestrictedImports"));
    expect(refused.map(({ specifier }) => specifier)).toEqual([]);
  });

  it.each(globals)("refuses $use in $folder", ({ file }) => {
    expect(rulesBrokenBy(file)).toContain("noRestrictedGlobals");
  });

  it("refuses that the domain prints", () => {
    expect(rulesBrokenBy(printing)).toContain("noConsole");
  });

  it.each(sandbox)("refuses $way of $specifier in the sandbox, which checks the client", ({ file }) => {
    expect(rulesBrokenBy(file)).toContain("noRestrictedImports");
  });

  it("has a row for every folder", () => {
    const folders = readdirSync(join(root, CALL), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map(({ parentPath }) => parentPath.slice(join(root, CALL).length + 1).replaceAll("\\", "/"));
    expect(new Set(folders)).toEqual(new Set(Object.keys(ROWS)));
  });
});

/** Imports by a file that would make everyone load what only some need. */
function staticallyImported(graph: ImportGraph, name: string): string[] {
  return [...graph]
    .filter(([, found]) => found.some(({ specifier, kind }) => specifier === name && kind === "static"))
    .map(([file]) => file);
}

/** Types written as `import("…")` of a file of ours: the linter doesn't see them. */
function unseenTypes(graph: ImportGraph): string[] {
  return [...graph]
    .filter(([, found]) =>
      found.some(({ specifier, kind }) => kind === "type-expression" && specifier.startsWith(".")),
    )
    .map(([file]) => file);
}

describe("the imports of all files", () => {
  const graph = importsBelow(fileURLToPath(new URL("../src/", import.meta.url)));

  it("are many", () => {
    expect(graph.size).toBeGreaterThan(100);
  });

  it("make no circle, types and lazy ones included", () => {
    expect(circleIn(graph)).toBeUndefined();
  });

  it.each([
    ["static", 'export { a } from "./a.js";'],
    ["lazy", 'export const a = import("./a.js");'],
    ["a type", 'import type { A } from "./a.js";\nexport type B = A;'],
    ["a type expression", 'export type A = typeof import("./a.js");'],
  ])("would show a circle whose last import is %s", (_, last) => {
    const sources = {
      "other.ts": 'export { a } from "./folder/a.js";',
      "folder/a.ts": 'import type { B } from "../b.js";\nexport const a = (b: B) => b;',
      "b.ts": 'export const b = () => import("./folder/c.js");',
      "folder/c.ts": last,
    };
    expect(circleIn(importsOf(sources))).toEqual(["folder/a.ts", "b.ts", "folder/c.ts", "folder/a.ts"]);
  });

  it("load sipgate-sandbox only when it's asked for", () => {
    expect([...graph.values()].flat().map(({ specifier }) => specifier)).toContain("sipgate-sandbox");
    expect(staticallyImported(graph, "sipgate-sandbox")).toEqual([]);
  });

  it.each([
    ['export { createSandbox } from "sipgate-sandbox";', ["cli/a.ts"]],
    ['import "sipgate-sandbox";', ["cli/a.ts"]],
    ['export const later = () => import("sipgate-sandbox");', []],
    ['import type { Sandbox } from "sipgate-sandbox";\nexport type Other = Sandbox;', []],
    ['export type Sandbox = typeof import("sipgate-sandbox");', []],
  ])("would show that %s loads the sandbox for everyone: %j", (code, expected) => {
    expect(staticallyImported(importsOf({ "cli/a.ts": code }), "sipgate-sandbox")).toEqual(expected);
  });

  it("name no file of ours in a type expression, which the linter doesn't see", () => {
    expect(unseenTypes(graph)).toEqual([]);
    expect(unseenTypes(importsOf({ "a.ts": 'export type B = typeof import("./b.js");' }))).toEqual(["a.ts"]);
  });
});
