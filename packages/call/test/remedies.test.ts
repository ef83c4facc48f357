// What the library tells to do names its own methods, and the command line says the same in its commands.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { allCommands } from "../src/cli/commands/index.js";
import { sipgateCall } from "./terminal.js";

const src = fileURLToPath(new URL("../src", import.meta.url));
const texts = ["call", "sipgate", "client"]
  .flatMap((folder) =>
    readdirSync(join(src, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(src, folder, file),
    ),
  )
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => readFileSync(file, "utf8").split("\n"))
  .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line));

it("no text of the library names a command", () => {
  expect(texts.length).toBeGreaterThan(1_000);
  expect(texts.filter((line) => /sipgate-call (?!in |by )[a-z]/.test(line))).toEqual([]);
});

it("every method that a text of the library names exists, and there is a command for it", async () => {
  const { out } = await sipgateCall(["--help"]);
  const named = new Set(
    texts.flatMap((line) => [...line.matchAll(/client\.(\w+)\(\)/g)].map(([, name]) => name ?? "")),
  );
  expect([...named].sort()).toEqual(["calls", "devices", "history", "numbers"]);
  const client = createClient({ credentials: { accessToken: "x" } });
  for (const name of named) {
    expect(Object.keys(client)).toContain(name);
    expect(out).toMatch(new RegExp(` ${name}(?: |$)`, "m"));
  }
});

it("the command line names the command, for people and for scripts", async () => {
  const env = { SIPGATE_TOKEN_ID: "x", SIPGATE_TOKEN: "x" };
  const people = await sipgateCall(["+493023125000", "--caller", "p99x"], { env });
  expect(people.err).toContain("; `sipgate-call devices` lists them.");
  const script = await sipgateCall(["+493023125000", "--caller", "p99x", "--json"], { env });
  expect(JSON.parse(script.err).remedy).toContain("; `sipgate-call devices` lists them.");
});

describe("Commands are named as the user can type them", async () => {
  const commands = await allCommands();

  it("by npx if npm has started the program, as in a clone", async () => {
    const env = { npm_command: "exec" };
    const { err } = await sipgateCall(["devices", "--profile", "nobody"], { env });
    expect(err).toContain("npx sipgate-call login --profile nobody");
    const helps = await Promise.all(commands.map(({ name }) => sipgateCall([name, "--help"], { env })));
    for (const { out } of [...helps, await sipgateCall(["--help"], { env })]) {
      expect(out).toContain("npx sipgate-call ");
      expect(out).not.toMatch(/(?<!npx )sipgate-call [a-z+"-]/);
    }
  });

  it("by the name alone otherwise", async () => {
    const { out } = await sipgateCall(["--help"]);
    expect(out).toContain("  sipgate-call NUMBER|NAME");
    expect(out).not.toContain("npx");
  });
});
