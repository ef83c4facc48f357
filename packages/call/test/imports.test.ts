import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What the linter says of a file in one of the folders; the file is gone afterwards. */
function lint(folder: string, code: string): string {
  const directory = mkdtempSync(join(root, folder, "probe-"));
  const file = join(directory, "probe.ts");
  // A folder deeper than real files are, so paths in `code` start with one more `../`.
  writeFileSync(file, `${code}\n`);
  try {
    const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
    return execFileSync(process.execPath, [biome, "lint", relative(root, file)], {
      cwd: root,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    if (error instanceof Error && "stderr" in error && "stdout" in error)
      return `${error.stdout}${error.stderr}`;
    throw error;
  } finally {
    rmSync(dirname(file), { recursive: true });
  }
}

describe("imports that the design forbids fail the lint", () => {
  it.each([
    ["packages/call/src/call", 'export { createRest } from "../../sipgate/rest.js";', "noRestrictedImports"],
    ["packages/call/src/call", 'export { dial } from "../../cli/commands/dial.js";', "noRestrictedImports"],
    ["packages/call/src/call", 'export const late = import("../../sipgate/rest.js");', "noRestrictedImports"],
    ["packages/call/src/call", 'export { request } from "node:http";', "noNodejsModules"],
    ["packages/call/src/call", "export const answer = fetch(location.href);", "noRestrictedGlobals"],
    ["packages/call/src/call", 'console.log("dialling");', "noConsole"],
    [
      "packages/call/src/sipgate",
      'export { dial } from "../../cli/commands/dial.js";',
      "noRestrictedImports",
    ],
    ["packages/call/src/sipgate", 'export { createSandbox } from "sipgate-sandbox";', "noRestrictedImports"],
    ["packages/sandbox/src", 'export { createClient } from "sipgate-call";', "noRestrictedImports"],
    [
      "packages/sandbox/src",
      'export { createClient } from "../../../call/src/index.js";',
      "noRestrictedImports",
    ],
  ])("%s: %s", (folder, code, rule) => {
    expect(lint(folder, code)).toContain(rule);
  });
});
