// The folders of packages/call/src are layers. The linter holds each to what it may import (biome.json); what the linter
// can't see is checked here in the imports of all files.
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { circleIn, type ImportGraph, importsBelow, importsOf } from "../../../test/import-graph.js";
import { type ImportRow, rulesBrokenBy, testImportRows } from "../../../test/import-rows.js";

const CALL = "packages/call/src";

const OUTSIDE_THE_DOMAIN = [
  "../../sipgate/api/wire.js",
  "../../client/client.js",
  "../../files/seal.js",
  "../../cli/command.js",
  "node:http",
  "sipgate-sandbox",
];
const inDomain = (...neighbours: string[]): ImportRow => ({
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
const inCommandLine = (own: string, ...folders: string[]): ImportRow => ({
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
    "../run.js",
    ...["commands", "completion", "connect", "dial", "init", "login", "past-calls"]
      .filter((folder) => folder !== own && !folders.includes(folder))
      .map((folder) => `../${folder}/any.js`),
    "../../index.js",
    "../../public.js",
    "libphonenumber-js/max",
  ],
});

/** Every folder of the sources, and what shows that its row holds. A probe stands in the folder, beside the real files. */
const ROWS: Readonly<Record<string, ImportRow>> = {
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
  "call/contacts": {
    allowed: ["./neighbour.js", "../text/printable.js"],
    forbidden: ["../errors.js", "../number/phone-number.js", "papaparse", ...OUTSIDE_THE_DOMAIN],
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
      "./run.js",
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
      "../run.js",
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
    forbidden: ["../run.js", "../commands/any.js", "../terminal/any.js", "../../call/errors.js", "node:fs"],
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

const globalProbes = ["call", "call/place", "call/follow", "call/number"].flatMap((folder) =>
  GLOBALS.map((use, index) => ({
    folder,
    use,
    file: `${CALL}/${folder}/probe${index}.ts`,
    code: `export const used = (place: string) => [place, ${use}];`,
  })),
);
const printing = { file: `${CALL}/call/printing.ts`, code: 'console.log("dialling");' };

testImportRows(CALL, ROWS);

describe("The linter, in the domain,", () => {
  let broken: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    broken = rulesBrokenBy(new Map([...globalProbes, printing].map(({ file, code }) => [file, code])));
  }, 60_000);

  it.each(globalProbes)("refuses $use in $folder", ({ file }) => {
    expect(broken.get(file)).toContain("noRestrictedGlobals");
  });

  it("refuses that something is printed", () => {
    expect(broken.get(printing.file)).toContain("noConsole");
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
