import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { sipgateCall } from "./terminal.js";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, root)), "utf8");

describe("docs/errors.md", () => {
  const text = read("docs/errors.md");

  it("has every error code, and no other", () => {
    const source =
      read("packages/call/src/call/errors.ts").split("export type CallErrorCode =")[1]?.split(";")[0] ?? "";
    const codes = [...source.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code);
    const documented = text.split("## Codes")[1]?.split("\n\nThe command line")[0] ?? "";
    expect([...documented.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code).sort()).toEqual(
      codes.sort(),
    );
  });

  it("has every code of the command line's own, and no other", () => {
    const source = read("packages/call/src/cli/command-error.ts")
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

describe("phone numbers in documents", () => {
  // The ranges kept for film and television, in Germany and (by Ofcom) in the United Kingdom.
  const film =
    /^\+?(?:49|0)(?:3023125\d{3}|6990009\d{3}|4066969\d{3}|2214710\d{3}|8999998\d{3}|15228817386)$|^(?:44|0)(?:2079460\d{3}|9098790\d{3})$/;

  it.each([
    "README.md",
    "CONTRIBUTING.md",
    ".env.example",
    "docs/platforms.md",
    "docs/errors.md",
    "packages/call/README.md",
  ])("%s has none of a real person's", (file) => {
    const numbers = [...read(file).matchAll(/(?:\+49|\b00?49|\b0[1-9]\d)[\d /-]{6,}\d/g)].map(
      ([number]) => number,
    );
    for (const number of numbers) expect(number.replace(/\D/g, "").replace(/^00/, "")).toMatch(film);
  });
});

describe("README.md", () => {
  it("names every command", async () => {
    const { out } = await sipgateCall(["--help"]);
    const listed = out.split("Commands:\n")[1]?.split("\n\n")[0] ?? "";
    const table = read("README.md").split("| command | does |")[1]?.split("\n\n")[0] ?? "";
    for (const [, name] of listed.matchAll(/^ {2}([a-z]+) {2}/gm))
      expect(table).toMatch(new RegExp(`\`${name}[ \`]`));
  });
});

describe("scripts that documents name", () => {
  const { scripts } = JSON.parse(read("package.json"));

  it.each(["README.md", "CONTRIBUTING.md"])("%s", (file) => {
    for (const [, name = ""] of read(file).matchAll(/npm run ([a-z:-]+)/g))
      expect(Object.keys(scripts)).toContain(name);
  });
});

it.each(["README.md", ".env.example"])("%s names every scope that the client asks for", (name) => {
  const folder = new URL("../src/sipgate/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
  const scopes = new Set(sources.join("\n").match(/(?<=scope: ")[a-z:]+:[a-z]+(?=")/g));
  expect(scopes.size).toBeGreaterThan(8);
  for (const scope of scopes) expect(read(name)).toContain(scope);
});
