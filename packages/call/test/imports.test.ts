import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What the linter says of a file in one of the folders: in a copy of them, where nobody else reads the sources. */
function lint(folder: string, code: string): string {
  const copy = mkdtempSync(join(tmpdir(), "sipgate-call-lint-"));
  copyFileSync(join(root, "biome.json"), join(copy, "biome.json"));
  // A folder deeper than real files are, so paths in `code` start with one more `../`.
  const file = join(folder, "probe", "probe.ts");
  mkdirSync(join(copy, folder, "probe"), { recursive: true });
  writeFileSync(join(copy, file), `${code}\n`);
  try {
    const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
    return execFileSync(process.execPath, [biome, "lint", "--vcs-enabled=false", file], {
      cwd: copy,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    if (error instanceof Error && "stderr" in error && "stdout" in error)
      return `${error.stdout}${error.stderr}`;
    throw error;
  } finally {
    rmSync(copy, { recursive: true });
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

  it("and others don't", () => {
    expect(lint("packages/call/src/call", "export const answer = 42;")).toContain("No fixes applied");
  });
});
