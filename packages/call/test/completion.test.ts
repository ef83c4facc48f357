// Completion, in the shells themselves. PowerShell isn't among the systems that tests run on.
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND_NAMES } from "../src/cli/commands/command-names.js";
import { strictSandbox } from "./support.js";
import { freshState, MAIN, newFolder, sipgateCall } from "./terminal.js";

const run = promisify(execFile);
let folder: string;
let state: string;
let env: Record<string, string>;

/** A shell's own script, and `sipgate-call` on the path. */
beforeAll(async () => {
  folder = newFolder();
  state = freshState();
  env = { PATH: `${folder}:${process.env.PATH}`, HOME: folder, XDG_STATE_HOME: state, TERM: "xterm" };
  writeFileSync(join(folder, "sipgate-call"), `#!/bin/sh\nexec '${process.execPath}' -- '${MAIN}' "$@"\n`);
  chmodSync(join(folder, "sipgate-call"), 0o755);
  await Promise.all(
    ["bash", "zsh", "fish", "powershell"].map(async (shell) => {
      const { code, out } = await sipgateCall(["completion", shell]);
      expect(code).toBe(0);
      writeFileSync(join(folder, shell), out);
    }),
  );
  const sandbox = await strictSandbox();
  const { tokenId = "", token } = sandbox.classic;
  const settings = { SIPGATE_BASE_URL: sandbox.baseUrl, SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
  expect((await sipgateCall(["devices"], { env: { ...settings, XDG_STATE_HOME: state } })).code).toBe(0);
  await sandbox.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BASH = `source ./bash
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sipgate_call; printf '%s\\n' "\${COMPREPLY[@]}"`;
/** In a terminal of zsh's own: it completes nowhere else. Each read waits for what is to come. */
const ZSH = `zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell "PS1=; autoload -U compinit; compinit -u -D; source ./zsh; bindkey '^I' complete-word; LISTMAX=999; echo RE''ADY"
zpty -r shell chunk '*READY*'
zpty -n -w shell "$1"$'\\t'
zpty -r shell found "*$2*"
print -r -- "$found"`;

/** What a shell offers after a line, as one text. */
const SHELLS: Readonly<Record<string, (line: string, expected: string) => Promise<string>>> = {
  bash: async (line) =>
    (await run("bash", ["--norc", "-c", BASH, "bash", ...line.split(" ")], { env, cwd: folder })).stdout,
  fish: async (line) =>
    (await run("fish", ["--no-config", "-c", `source ./fish; complete -C "${line}"`], { env, cwd: folder }))
      .stdout,
  zsh: async (line, expected) =>
    (await run("zsh", ["-f", "-c", ZSH, "zsh", line, expected], { env, cwd: folder, timeout: 20_000 }))
      .stdout,
};

describe.each(Object.keys(SHELLS))("in %s", (shell) => {
  const offered = async (line: string, expected: string) => SHELLS[shell]?.(line, expected);

  it.each([
    ["sipgate-call dev", "devices"],
    ["sipgate-call history --sep", "--separator"],
    ["sipgate-call devices --platform cl", "classic"],
    ["sipgate-call +493023125000 --caller-", "--caller-id"],
    ["sipgate-call completion fi", "fish"],
  ])("%s becomes %s", async (line, expected) => {
    expect(await offered(line, expected)).toContain(expected);
  });

  it("offers the phones that were listed last", async () => {
    expect(await offered("sipgate-call +493023125000 --caller ", "e3")).toContain("e3");
  });
});

it("bash completes what follows an equals sign, which it splits", async () => {
  expect(await SHELLS.bash?.("sipgate-call dial --caller = y", "")).toBe("y0\n");
});

it.each(["bash", "zsh", "fish", "powershell"])("the script for %s has every command", (shell) => {
  const script = readFileSync(join(folder, shell), "utf8");
  for (const name of COMMAND_NAMES) expect(script).toMatch(new RegExp(`\\b${name}\\b`));
});

it("phones are read from a file of the user's own, and nobody is asked", async () => {
  const broken = {
    SIPGATE_BASE_URL: "http://127.0.0.1:9/v2",
    SIPGATE_TOKEN_ID: "token-ABC123",
    SIPGATE_TOKEN: "x",
  };
  const { code, out } = await sipgateCall(["completion", "phones"], {
    env: { ...broken, XDG_STATE_HOME: state },
  });
  expect(code).toBe(0);
  expect(out).toContain("e0\tDesk phone\n");
});

it("phones that were listed days ago are called so", async () => {
  const old = freshState();
  mkdirSync(join(old, "sipgate-call/remembered"), { recursive: true });
  const kept = { phones: [{ id: "e0", alias: "Desk phone" }], listedAt: Date.now() - 3 * 24 * 3_600_000 };
  writeFileSync(join(old, "sipgate-call/remembered/phones.json"), JSON.stringify(kept));
  const { out } = await sipgateCall(["completion", "phones"], { env: { XDG_STATE_HOME: old } });
  expect(out).toBe("e0\tDesk phone (as of 3 days ago)\n");
});

it("says how to set it up, and which shells it knows", async () => {
  expect((await sipgateCall(["completion"])).out).toContain('eval "$(sipgate-call completion bash)"');
  expect((await sipgateCall(["completion", "csh"])).err).toContain("bash, zsh, fish, powershell");
});

it("the manual page is fresh", async () => {
  const { out } = await sipgateCall(["help", "man"]);
  expect(
    readFileSync(new URL("../../../docs/sipgate-call.1", import.meta.url), "utf8"),
    "npm run docs:man",
  ).toBe(out);
});
