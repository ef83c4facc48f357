import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { misbehaving } from "./answers.js";
import { settingsOf, strictSandbox } from "./support.js";
import { sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let env: Record<string, string>;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  env = settingsOf(sandbox);
});
afterEach(() => sandbox.close());

/** Waits until the call is placed and the follower has looked for it. */
async function followerLooks(): Promise<void> {
  await vi.waitFor(() => {
    const asked = sandbox.requests.map(({ method, path }) => `${method} ${path}`);
    const placed = asked.indexOf("POST /v2/sessions/calls");
    expect(placed).toBeGreaterThanOrEqual(0);
    expect(asked.slice(placed)).toContain("GET /v2/calls");
  }, 10_000);
}

/** Lets a long time pass once the follower has looked for the first time. */
async function timePasses(): Promise<void> {
  await followerLooks();
  await sandbox.clock.advance(120_000);
}

describe("dial --follow", () => {
  it.each([
    ["e0", "+493023125000", 0, "The call is over"],
    ["e0", "+493023125486", 10, "Busy."],
    ["e3", "+493023125000", 11, "Not answered."],
    ["e0", "+493023125603", 12, "Rejected."],
    ["e1", "+493023125000", 13, "Your phone e1 is offline now: it probably never rang."],
    ["e0", "+493023125302", 0, "Forwarded"],
  ])("from %s to %s ends with %i: %s", async (caller, callee, expected, sentence) => {
    const run = sipgateCall([callee, "--caller", caller, "--follow", "--no-preflight"], { env });
    await timePasses();
    const { code, out } = await run;
    expect(out).toContain("Status: 200");
    expect(out).toContain(sentence);
    expect(code).toBe(expected);
  });

  it("gives a script an object for each change", async () => {
    const run = sipgateCall(["+493023125486", "--caller", "e0", "--follow", "--json"], { env });
    await timePasses();
    const { code, out } = await run;
    const [placed, ...changes] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(placed).toMatchObject({ type: "placed", status: 200, callId: sandbox.calls[0]?.id });
    expect(changes).toMatchObject([
      { type: "state", state: "accepted" },
      { type: "state", state: "ended", evidence: "history", end: { cause: "busy" } },
      { type: "outcome", text: expect.stringContaining("Busy."), exitCode: 10 },
    ]);
    expect(code).toBe(10);
  });

  it("hangs up what nobody answered in time", async () => {
    const run = sipgateCall(["+493023125000", "--caller", "e3", "--ring-timeout", "1"], { env });
    await vi.waitFor(() => expect(sandbox.calls[0]?.state).toBe("ended"), 10_000);
    await sandbox.clock.advance(10_000);
    const { code, err } = await run;
    expect(err).toContain("Not connected within 1 second: hanging up.");
    expect(code).toBe(11);
    expect(sandbox.calls[0]?.end).toMatchObject({ party: "client", cause: "canceled" });
  });

  it("leaves the call running when it's interrupted and nobody can be asked, and says so", async () => {
    const interrupt = new AbortController();
    const options = { env, interrupt: interrupt.signal };
    const run = sipgateCall(["+493023125001", "--caller", "e0", "--follow"], options);
    await followerLooks();
    interrupt.abort();
    const { code, err } = await run;
    expect(err).toContain(`Hang up with:\n  sipgate-call hangup --call ${sandbox.calls[0]?.id}`);
    expect(code).toBe(14);
    expect(sandbox.calls[0]?.state).not.toBe("ended");
  });

  it("says that the outcome isn't known when it's interrupted before sipgate responded", async () => {
    const interrupt = new AbortController();
    const silent = await misbehaving((socket) => socket.once("data", () => interrupt.abort()));
    const given = { ...env, SIPGATE_BASE_URL: silent.baseUrl };
    const { code, err } = await sipgateCall(["+493023125000", "--caller", "e0", "--no-preflight"], {
      env: given,
      interrupt: interrupt.signal,
    });
    await silent.close();
    expect(code).toBe(8);
    expect(err).toContain("It isn't known whether phones ring");
  });

  it("says that nothing was dialled when it's interrupted during the preflight", async () => {
    const interrupt = new AbortController();
    const silent = await misbehaving((socket) => socket.once("data", () => interrupt.abort()));
    const given = { ...env, SIPGATE_BASE_URL: silent.baseUrl };
    const options = { env: given, interrupt: interrupt.signal };
    const { code, err } = await sipgateCall(["+493023125000", "--caller", "e0"], options);
    await silent.close();
    expect(code).toBe(130);
    expect(err).toContain("Nothing was dialled");
  });

  it.each([
    [["--ring-timeout", "5", "--no-follow"], "--no-follow doesn't"],
    [["--push-listen", "127.0.0.1:0", "--dry-run"], "--dry-run doesn't"],
    [["--push-url", "https://example.com"], "needs --push-listen"],
    [["--push-listen", "nowhere"], "127.0.0.1:8080"],
    [["--push-listen", "127.0.0.1:0"], "Add --push-url"],
    [["--push-listen", "127.0.0.1:0", "--push-url", "http://example.com"], "https"],
  ])("refuses %j, before anything is dialled", async (args, expected) => {
    const { code, err } = await sipgateCall(["+493023125000", "--caller", "e0", ...args], { env });
    expect(code).toBeGreaterThanOrEqual(2);
    expect(code).toBeLessThanOrEqual(3);
    expect(err).toContain(expected);
    expect(sandbox.calls).toEqual([]);
  });

  it("refuses an invalid ring timeout before anything is dialled", async () => {
    const { code, err } = await sipgateCall(["+493023125000", "--caller", "e0", "--ring-timeout", "soon"], {
      env,
    });
    expect(code).toBe(2);
    expect(err).toContain("30s");
    expect(sandbox.calls).toEqual([]);
  });
});

describe("a command on a running call", () => {
  it.each([
    [["mute"], { muted: true }],
    [["hold"], { hold: true }],
    [["record"], { recording: true }],
    [["dtmf", "12#"], { dtmf: ["12#"] }],
    [["transfer", "040/66969000"], { transfers: [{ attended: false, phoneNumber: "+494066969000" }] }],
    [["announce", "https://www.example.com/a.wav"], { announcements: ["https://www.example.com/a.wav"] }],
    [["hangup"], { state: "ended", end: { party: "client" } }],
  ])("%j does what it says", async (args, expected) => {
    await sipgateCall(["+493023125001", "--caller", "e0"], { env });
    await sandbox.clock.advance(60_000);
    expect((await sipgateCall(["calls"], { env })).out).toContain("+49 30 23125001");
    const { code, err } = await sipgateCall(args, { env });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(sandbox.calls[0]).toMatchObject(expected);
  });

  it("says so if no call is running, or several are and nobody can be asked", async () => {
    const none = await sipgateCall(["hangup"], { env });
    expect(none).toMatchObject({ code: 6, err: expect.stringContaining("No call is running") });
    await sipgateCall(["+493023125001", "--caller", "e0"], { env });
    await sipgateCall(["+493023125001", "--caller", "e0"], { env });
    await sandbox.clock.advance(60_000);
    const several = await sipgateCall(["hangup"], { env });
    expect(several).toMatchObject({ code: 2, err: expect.stringContaining("2 calls are running") });
    const [first] = sandbox.calls;
    const named = await sipgateCall(["hangup", "--call", first?.id ?? ""], { env });
    expect(named.code).toBe(0);
    expect(sandbox.calls.map(({ state }) => state)).toEqual(["ended", "connected"]);
  });
});
