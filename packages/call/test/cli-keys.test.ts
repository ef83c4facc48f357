// dial on a terminal: what is seen, and what single keys do.
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTerminal } from "./pty.js";
import { settingsOf, strictSandbox } from "./support.js";

const CTRL_C = "\u0003";
let sandbox: Sandbox;
let env: Record<string, string>;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  env = settingsOf(sandbox);
});
afterEach(() => sandbox.close());

/** A call that both parties have answered, and that stays until it's hung up. */
async function connected(columns?: number) {
  const terminal = openTerminal(["+493023125001", "--caller", "e0"], env, columns);
  await terminal.sees("sipgate accepted");
  await sandbox.clock.advance(10_000);
  await terminal.sees("connected");
  return terminal;
}

describe("keys", () => {
  it("mute, hold, send tones and hang up", async () => {
    const terminal = await connected();
    terminal.press("m");
    await terminal.sees("· muted");
    expect(sandbox.calls[0]).toMatchObject({ muted: true, hold: false });
    terminal.press("h");
    await terminal.sees("· muted · on hold");
    terminal.press("m");
    await terminal.sees("· on hold");
    expect(sandbox.calls[0]).toMatchObject({ muted: false, hold: true });
    terminal.press("1*#");
    await terminal.sees("#");
    await expect.poll(() => sandbox.calls[0]?.dtmf.join("")).toBe("1*#");
    terminal.press("x");
    await expect.poll(() => sandbox.calls[0]?.state).toBe("ended");
    await sandbox.clock.advance(10_000);
    await terminal.sees("hung up from here");
    expect(await terminal.exitCode).toBe(0);
  });

  it("before their time say so once, and the call goes on", async () => {
    const terminal = openTerminal(["+493023125001", "--caller", "e3"], env);
    await terminal.sees("sipgate accepted the call");
    terminal.press("m");
    await terminal.sees("Not yet: that works once somebody has answered.");
    terminal.press("h");
    expect(sandbox.calls[0]?.state).not.toBe("ended");
    terminal.press("x");
    await terminal.sees("Hanging up …");
    await expect.poll(() => sandbox.calls[0]?.state).toBe("ended");
    await sandbox.clock.advance(10_000);
    expect(await terminal.exitCode).toBe(11);
    expect(terminal.shown().match(/Not yet/g)).toHaveLength(1);
    expect(terminal.shown()).toContain("Canceled before both parties had answered, hung up from here.");
  });

  it("without a meaning, such as arrow keys, do nothing", async () => {
    const terminal = await connected();
    terminal.press("\u001b[A");
    terminal.press("qwertz");
    terminal.press("m");
    await terminal.sees("· muted");
    expect(sandbox.calls[0]).toMatchObject({ dtmf: [], state: "connected" });
    terminal.press(`${CTRL_C}${CTRL_C}`);
    await terminal.exitCode;
  });
});

it("says that a ring timeout can't be enforced if it can't be seen whether somebody answered", async () => {
  const found = sandbox.accounts.find(({ name }) => name === "classic-without-rtcm:read");
  const given = { ...env, SIPGATE_TOKEN_ID: found?.tokenId ?? "", SIPGATE_TOKEN: found?.token ?? "" };
  const terminal = openTerminal(["+493023125000", "--caller", "e3", "--ring-timeout", "1"], given);
  await terminal.sees("The ring timeout can't be enforced");
  expect(sandbox.calls[0]?.state).not.toBe("ended");
  await sandbox.clock.advance(120_000);
  expect(await terminal.exitCode).toBe(11);
});

describe("Ctrl-C", () => {
  it.each([
    ["n", 14, "connected"],
    [CTRL_C, 14, "connected"],
  ])("asks, and %j leaves the call running", async (answer, code, state) => {
    const terminal = await connected();
    terminal.press(CTRL_C);
    await terminal.sees("Hang up?");
    terminal.press(answer);
    await terminal.sees("The call goes on");
    expect(await terminal.exitCode).toBe(code);
    expect(sandbox.calls[0]?.state).toBe(state);
  });

  it("asks, and y hangs up", async () => {
    const terminal = await connected();
    terminal.press(CTRL_C);
    await terminal.sees("Hang up?");
    terminal.press("y");
    await expect.poll(() => sandbox.calls[0]?.state).toBe("ended");
    await sandbox.clock.advance(10_000);
    expect(await terminal.exitCode).toBe(0);
  });

  it("asks, and another key stays", async () => {
    const terminal = await connected();
    terminal.press(CTRL_C);
    await terminal.sees("Hang up?");
    terminal.press(" ");
    await terminal.sees("connected with");
    terminal.press(`${CTRL_C}n`);
    expect(await terminal.exitCode).toBe(14);
  });

  it("works before anybody answered, too", async () => {
    const terminal = openTerminal(["+493023125001", "--caller", "e3"], env);
    await terminal.sees("sipgate accepted the call");
    terminal.press(CTRL_C);
    await terminal.sees("Hang up?");
    terminal.press("n");
    expect(await terminal.exitCode).toBe(14);
  });

  it("asks nothing more if the call ends meanwhile", async () => {
    const terminal = openTerminal(["+493023125005", "--caller", "e0"], env);
    await terminal.sees("sipgate accepted the call");
    terminal.press(CTRL_C);
    await terminal.sees("Hang up?");
    await sandbox.clock.advance(60_000);
    await terminal.sees("The call is over");
    expect(await terminal.exitCode).toBe(0);
  });
});

it("keys that are pressed when the call is over go nowhere, and Ctrl-C ends what is still looked up", async () => {
  const terminal = openTerminal(["+493023125603", "--caller", "e0"], env);
  await terminal.sees("sipgate accepted");
  sandbox.faults.add({ how: "silence", path: "/w0/devices" });
  await sandbox.clock.advance(20_000);
  await terminal.sees("Rejected.");
  terminal.press("xyz");
  terminal.press(CTRL_C);
  expect(await terminal.exitCode).toBe(12);
  expect(terminal.shown()).not.toMatch(/xyz|Hanging up|Hang up\?/);
});

it("the live line fits a narrow window", async () => {
  const terminal = await connected(30);
  terminal.press("h");
  await terminal.sees("on hold");
  terminal.press(`${CTRL_C}n`);
  await terminal.exitCode;
  const live = terminal
    .shown()
    .split(/[\r\n]/)
    .filter((line) => /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/.test(line));
  expect(live.length).toBeGreaterThan(0);
  for (const line of live) expect(line.length).toBeLessThan(30);
});
