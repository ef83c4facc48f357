// Each folder imports only what its row in biome.json allows.
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { importsBelow } from "../../../test/import-graph.js";
import { type ImportRow, testImportRows } from "../../../test/import-rows.js";

/** What each folder may import, and what it may not. */
const ROWS: Readonly<Record<string, ImportRow>> = {
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

testImportRows("packages/mcp/src", ROWS);

it("The sandbox is loaded only when it's asked for", () => {
  const graph = importsBelow(fileURLToPath(new URL("../src/", import.meta.url)));
  const ofSandbox = [...graph.values()].flat().filter(({ specifier }) => specifier === "sipgate-sandbox");
  expect(new Set(ofSandbox.map(({ kind }) => kind))).not.toContain("static");
  expect(ofSandbox.length).toBeGreaterThan(0);
});
