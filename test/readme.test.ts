import { expect, it } from "vitest";
import { COMMAND_NAMES } from "../packages/call/src/cli/commands/command-names.js";
import { read, trackedFiles } from "./documents.js";

it("The table of commands in docs/command-line.md names each command, and no other", () => {
  const table = read("docs/command-line.md").split("| command | what it does |\n")[1]?.split("\n\n")[0] ?? "";
  const first = table.split("\n").map((row) => row.split(" | ")[0] ?? "");
  const named = first.flatMap((cell) => [...cell.matchAll(/`([a-z]+)/g)].map(([, name]) => name));
  expect(named.sort()).toEqual([...COMMAND_NAMES].sort());
});

it("Every script that a document names is there", () => {
  const { scripts } = JSON.parse(read("package.json"));
  const documents = trackedFiles(/\.md$/).map(read).join("\n");
  const named = [...documents.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g)].map(([, name]) => name);
  expect(new Set(named).size).toBeGreaterThan(10);
  expect(named.filter((name = "") => !(name in scripts))).toEqual([]);
});
