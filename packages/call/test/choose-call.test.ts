// Which of several running calls is meant: asked on a terminal, an error elsewhere.
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openTerminal } from "./pty.js";
import { strictSandbox } from "./support.js";
import { freshState, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let env: Record<string, string>;

/** Two calls to one number, which read alike but for their phones. */
beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  const { tokenId, token } = sandbox.classic;
  env = {
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN_ID: tokenId,
    SIPGATE_TOKEN: token,
    XDG_STATE_HOME: freshState(),
  };
  for (const caller of ["e0", "y0"])
    await sipgateCall(["+493023125001", "--caller", caller, "--no-follow", "--no-preflight"], { env });
  await sandbox.clock.advance(30_000);
});
afterEach(() => sandbox.close());

const ids = () => sandbox.calls.map(({ id }) => id);
const muted = async () => {
  const { out } = await sipgateCall(["calls", "--json"], { env });
  const { calls } = JSON.parse(out);
  return calls
    .filter(({ muted }: { muted: boolean }) => muted)
    .map(({ callId }: { callId: string }) => callId);
};

it("Without a terminal, an error has the ids of all, their phones, and when they were placed", async () => {
  const { code, err } = await sipgateCall(["mute", "--json"], { env });
  expect(code).toBe(2);
  const error = JSON.parse(err);
  expect(error).toMatchObject({ code: "several-calls", placed: "no" });
  expect(error.calls).toMatchObject([
    { callId: ids()[0], caller: "e0", placedAt: expect.stringMatching(/^\d{4}-/) },
    { callId: ids()[1], caller: "y0" },
  ]);
  expect(error.message).toMatch(/\n {2}with \+493023125001, from e0, since today \d+:\d\d, connected\n/);
});

it("Without a terminal, calls of elsewhere that read alike are told apart by their ids", async () => {
  const { err } = await sipgateCall(["mute"], { env: { ...env, XDG_STATE_HOME: freshState() } });
  for (const id of ids()) expect(err).toContain(id);
});

it("On a terminal the arrow keys choose, and the command acts on the chosen call", async () => {
  const terminal = openTerminal(["mute"], env);
  await terminal.sees("from y0");
  terminal.press("\u001b[B\r");
  expect(await terminal.exitCode).toBe(0);
  expect(await muted()).toEqual([ids()[1]]);
});

it("In a narrow window a number chooses", async () => {
  const terminal = openTerminal(["mute"], env, 40);
  await terminal.sees("Which call, 1 to 2?");
  terminal.press("3\r");
  await terminal.sees("Which call, 1 to 2?");
  terminal.press("1\r");
  expect(await terminal.exitCode).toBe(0);
  expect(await muted()).toEqual([ids()[0]]);
});

it.each([
  ["Ctrl-D", 40, "\u0004"],
  ["Ctrl-C", 40, "\u0003"],
  ["Ctrl-C", 100, "\u0003"],
  ["Escape", 100, "\u001b"],
])(
  "%s at the question, %i columns wide, ends with an error, and nothing is done",
  async (_, columns, key) => {
    const terminal = openTerminal(["mute"], env, columns);
    await terminal.sees("Which call");
    terminal.press(key);
    expect(await terminal.exitCode).toBe(2);
    expect(terminal.shown()).toMatch(/No call was chosen; nothing was\s+done\./);
    expect(await muted()).toEqual([]);
  },
);

it("The list of calls says since when, with whom and from which phone", async () => {
  const { out } = await sipgateCall(["calls"], { env });
  expect(out).toMatch(
    /^# +SINCE +WITH +FROM +STATE +CALL\n1 +0:\d\d +\+49 30 23125001 +(?:e0|y0) +connected/,
  );
});
