// Marks if a terminal can show them; words in pipes, without colours, and in other encodings. Nothing is wider than the
// window, and words don't break.
import { describe, expect, it } from "vitest";
import { onScreen } from "./pty.js";
import { sipgateCall } from "./terminal.js";

const FAILING = ["dial", "030/23125000/01", "--sandbox"];
const DOCTOR = ["doctor", "--sandbox", "--caller", "e1"];

describe("a failure", () => {
  it("has a mark on a terminal, and all of it is indented", async () => {
    const { shown } = await onScreen(FAILING, {}, 80);
    const lines = shown.split("\n").filter((line) => line !== "");
    const at = lines.findIndex((line) => line.startsWith("✗ callee: "));
    expect(at).toBeGreaterThan(-1);
    expect(lines.slice(at + 1).every((line) => line.startsWith("  "))).toBe(true);
    expect(shown).not.toContain("Error:");
  });

  it.each([
    ["without colours", { NO_COLOR: "1" }],
    ["in another encoding", { LANG: "de_DE.ISO-8859-1" }],
    ["with a simple terminal", { TERM: "dumb" }],
  ])("has a word %s", async (_where, env: Record<string, string>) => {
    const { shown } = await onScreen(FAILING, env, 80);
    expect(shown).toContain("Error: callee: ");
    expect(shown).not.toContain("✗");
  });

  it("has a word in a pipe", async () => {
    expect((await sipgateCall(FAILING)).err).toContain("Error: callee: ");
  });
});

describe("what doctor says", () => {
  it("ends with why the call would fail", async () => {
    const { shown } = await onScreen(DOCTOR, {}, 80);
    expect(shown).toContain("✗ caller        e1 is offline: it wouldn't ring.");
    expect(shown.trimEnd()).toMatch(/This call would fail: e1 is offline: it wouldn't ring\.$/);
  });

  it("has words in another encoding", async () => {
    const { shown } = await onScreen(DOCTOR, { LANG: "C" }, 80);
    expect(shown).toContain("FAILED    caller: e1 is offline");
    expect(shown).not.toMatch(/[✓✗]/);
  });
});

it.each([40, 80])("fits a window of %i columns, except for addresses", async (columns) => {
  for (const args of [FAILING, DOCTOR, ["devices", "--sandbox"], ["whoami"]]) {
    const { shown } = await onScreen(args, {}, columns);
    const wide = shown.split("\n").filter((line) => line.length > columns && !/^ *\S+$/.test(line));
    expect(wide).toEqual([]);
  }
});

it("in the embedded sandbox, a person sees what sipgate doesn't tell, as what it is", async () => {
  const words = "(seen in the sandbox only)";
  const { shown } = await onScreen(["--sandbox"], {}, 100);
  expect(shown).toMatch(/e0 is ringing\n[\s\S]*connected with/);
  expect(shown).toContain(`e0 has answered ${words}`);
  expect(shown).toContain(`+493023125005 is ringing ${words}`);
});

it("tables are indented on a terminal only", async () => {
  const { shown } = await onScreen(["devices", "--sandbox"], {}, 80);
  expect(shown).toMatch(/^ {2}EXTENSION/m);
  expect((await sipgateCall(["devices", "--sandbox"])).out).toMatch(/^EXTENSION/);
});

it("channels of a classic account: what that means", async () => {
  const { err } = await sipgateCall(["channels", "--sandbox"]);
  expect(err).toContain("exists on sipgate's neo platform only");
  expect(err).not.toContain("password");
});
