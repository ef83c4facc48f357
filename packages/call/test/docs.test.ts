import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, root)), "utf8");

describe("docs/errors.md", () => {
  const text = read("docs/errors.md");

  it("has every error code, and no other", () => {
    const source =
      read("packages/call/src/call/errors.ts").split("export type CallErrorCode =")[1]?.split(";")[0] ?? "";
    const codes = [...source.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code);
    const documented = text.split("## Codes")[1]?.split("\n\nThe command line has")[0] ?? "";
    expect([...documented.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code).sort()).toEqual(
      codes.sort(),
    );
  });

  it("has every code of the command line's own, and no other", () => {
    const source = read("packages/call/src/cli/json/json-objects.ts")
      .split("CommandErrorCode =")[1]
      ?.split(";")[0];
    const codes = [
      "usage",
      "internal",
      ...[...(source ?? "").matchAll(/"([a-z-]+)"/g)].map(([, code]) => code),
    ];
    const documented = text.split("The command line has codes of its own")[1]?.split("##")[0] ?? "";
    expect([...documented.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code).sort()).toEqual(
      codes.sort(),
    );
  });

  it("has every exit code, and no other", () => {
    const source =
      read("packages/call/src/cli/exit-codes.ts").split("export const EXIT = {")[1]?.split("}")[0] ?? "";
    const codes = [...source.matchAll(/: (\d+),/g)].map(([, code]) => code);
    const documented = text.split("## Exit codes")[1] ?? "";
    expect([...documented.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => code)).toEqual(codes);
  });
});

it.each(["docs/command-line.md", ".env.example"])("%s names every scope that the client asks for", (name) => {
  const folder = new URL("../src/sipgate/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
  const scopes = new Set(sources.join("\n").match(/(?<=scope: ")[a-z:]+:[a-z]+(?=")/g));
  expect(scopes.size).toBeGreaterThan(8);
  for (const scope of scopes) expect(read(name)).toContain(scope);
});
