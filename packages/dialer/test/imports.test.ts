// Each folder imports only what its row in biome.json allows.
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { importsBelow } from "../../../test/import-graph.js";
import { type ImportRow, testImportRows } from "../../../test/import-rows.js";

/** What each folder may import, and what it may not. */
const ROWS: Readonly<Record<string, ImportRow>> = {
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
  lists: {
    allowed: ["../calls/calls.js", "../wire/wire.js", "sipgate-call", "sipgate-call-lists"],
    forbidden: ["../server/sessions.js", "../account/account.js", "node:fs", "pg"],
  },
  handler: { allowed: ["node:fs"], forbidden: ["../server/sessions.js", "sipgate-call"] },
  element: { allowed: ["./other.js"], forbidden: ["../wire/wire.js", "sipgate-call", "node:fs"] },
  server: {
    allowed: ["../calls/calls.js", "../account/account.js", "../lists/team.js", "node:http"],
    forbidden: ["sipgate-call", "sipgate-call-lists", "sipgate-sandbox", "../start-dialer.js"],
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

/** All folders of the page have one row. */
const allOfThePage = (folder: string) => folder.replace(/^page\/.+/, "page/state");

testImportRows("packages/dialer/src", ROWS, allOfThePage);

it("The sandbox and the call lists are loaded only when they're asked for", () => {
  const graph = importsBelow(fileURLToPath(new URL("../src/", import.meta.url)));
  for (const name of ["sipgate-sandbox", "sipgate-call-lists"]) {
    const found = [...graph.values()].flat().filter(({ specifier }) => specifier === name);
    expect(found.map(({ kind }) => kind)).not.toContain("static");
    expect(found.length).toBeGreaterThan(0);
  }
});
