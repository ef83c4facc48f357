// What --help and --version show.
import { describe, expect, it } from "vitest";
import { onScreen } from "./pty.js";
import { sipgateCall } from "./terminal.js";

describe("help", () => {
  it("lists the commands and the settings", async () => {
    for (const args of [["--help"], ["-h"], ["help"]]) {
      const { code, out } = await sipgateCall(args);
      expect(code).toBe(0);
      expect(out).toContain("devices");
      expect(out).toContain("sipgate-call help options");
    }
  });

  it("lists every option and setting on request", async () => {
    const { code, out } = await sipgateCall(["help", "options"]);
    expect(code).toBe(0);
    for (const word of ["--ring-timeout SECONDS", "--base-url URL", "-v", "SIPGATE_TOKEN_ID"])
      expect(out).toContain(word);
  });

  it("fits a screen of 24 lines", async () => {
    const { shown } = await onScreen(["--help"], {}, 80);
    expect(shown.split("\n").length).toBeLessThanOrEqual(24);
    for (const line of shown.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each(["--help", "help options", "help dial", "help init"])(
    "breaks no word in a window of 40 columns: %s",
    async (line) => {
      const { shown } = await onScreen(line.split(" "), {}, 40);
      const lines = shown
        .split("\n")
        .filter((shownLine) => !/https?:|^ {2}\S*sipgate|printf|SIPGATE_/.test(shownLine));
      expect(lines.length).toBeGreaterThan(10);
      for (const shownLine of lines) expect(shownLine.length).toBeLessThanOrEqual(40);
    },
  );

  it("has examples for every command", async () => {
    const { out } = await sipgateCall(["--help"]);
    const listed = out.slice(out.indexOf("\nCall "), out.indexOf("\nOptions "));
    const commands = listed
      .replaceAll(/^(?:Call|Look|Set up)/gm, "")
      .split(/\s+/)
      .filter(Boolean);
    expect(commands.length).toBeGreaterThan(10);
    const helps = await Promise.all(commands.map((name) => sipgateCall([name, "--help"])));
    for (const [index, { code, out: text }] of helps.entries()) {
      expect(code).toBe(0);
      expect(text).toMatch(new RegExp(`Usage: sipgate-call ${commands[index]}[^]*Examples:\\n {2}`));
    }
  });

  it("has a companion: --version prints the version", async () => {
    for (const option of ["--version", "-v"])
      expect(await sipgateCall([option])).toEqual({ code: 0, out: "0.1.0\n", err: "" });
  });
});
