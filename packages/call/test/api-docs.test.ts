// docs/api.md is made from the published types by `npm run docs:api`; what they have to say is checked
// in test/docstrings.test.ts, and their examples run in test/documented-examples.test.ts.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { digestOfTypes } from "../../../scripts/api-docs/digest.mjs";

const page = readFileSync(fileURLToPath(new URL("../../../docs/api.md", import.meta.url)), "utf8");

it("docs/api.md is fresh: if this fails, run npm run docs:api", () => {
  expect(page.split("\n")[0]).toContain(digestOfTypes());
});
