// A client lives by one clock: everything that waits, or asks what time it is, asks that.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Clock, createClient, oauthCredentials, type TokenStore } from "sipgate-call";
import { createManualClock } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { CREDENTIALS, changesOf, clientOf, inWords, strictSandbox } from "./support.js";

describe("a client on a sandbox's clock", () => {
  it("sees a call of minutes in one step, with what happened in between", async () => {
    const sandbox = await strictSandbox({ clock: "manual" });
    onTestFinished(() => sandbox.close());
    const call = await clientOf(sandbox).place({ caller: "e0", callee: "+493023125000" });
    const changes = changesOf(call);
    await sandbox.clock.advance(120_000);
    const seen = await changes;
    expect(inWords(seen)).toEqual(["accepted (response)", "connected (poll)", "ended: completed (history)"]);
    // Each is dated by that clock: a poll comes at most five seconds late, the history two more.
    const [placed, connected, ended] = seen.map(({ at }) => at.getTime());
    const really = sandbox.calls[0]?.states ?? [];
    const late = (at: number | undefined, state: string) =>
      Number(at) - Number(really.find((one) => one.state === state)?.at);
    expect(placed).toBe(Date.UTC(2026, 0, 5, 8));
    expect(late(connected, "connected")).toBeGreaterThanOrEqual(0);
    expect(late(connected, "connected")).toBeLessThanOrEqual(5_000);
    expect(late(ended, "ended")).toBeGreaterThanOrEqual(0);
    expect(late(ended, "ended")).toBeLessThanOrEqual(12_000);
  });

  it("runs on real time as well", async () => {
    const sandbox = await strictSandbox();
    onTestFinished(() => sandbox.close());
    const call = await clientOf(sandbox).place({ caller: "e1", callee: "+493023125000" });
    expect(await call.outcome()).toMatchObject({ end: { cause: "unreachable" } });
  });

  it("whose clock on the wall is set meanwhile waits no longer and no shorter for that", async () => {
    const sandbox = await strictSandbox({ clock: "manual" });
    onTestFinished(() => sandbox.close());
    let jump = 0;
    const clock = { ...sandbox.clock, now: () => new Date(sandbox.clock.now().getTime() + jump) };
    const call = await clientOf(sandbox, "classic", { clock }).place({
      caller: "e0",
      callee: "+493023125001",
    });
    const changes = changesOf(call);
    for (jump of [3_600_000, -3_600_000, 24 * 3_600_000, 0]) await sandbox.clock.advance(20_000);
    await call.hangUp();
    await sandbox.clock.advance(20_000);
    expect(inWords(await changes)).toEqual([
      "accepted (response)",
      "connected (poll)",
      "ended: completed (history)",
    ]);
  });
});

describe("the option clock", () => {
  const { now, monotonicMs, after } = createManualClock();
  const STORE: TokenStore = {
    load: async () => undefined,
    save: async () => {},
    exclusively: (work) => work(),
  };

  it.each([null, 5, {}, { now, monotonicMs }, { now, after }, { monotonicMs, after }, Date])(
    "refuses what is no clock: %o",
    (clock) => {
      const given = { clock: clock as unknown as Clock };
      const refusal = expect.objectContaining({ problems: [expect.objectContaining({ field: "clock" })] });
      expect(() => createClient({ credentials: CREDENTIALS, ...given })).toThrow(refusal);
      expect(() => oauthCredentials({ clientId: "c", store: STORE, ...given })).toThrow(refusal);
    },
  );

  it("takes a clock that knows of no work, as of a class", () => {
    class Bare {
      now = () => now();
      monotonicMs = () => monotonicMs();
      after = (delayMs: number, run: () => void) => after(delayMs, run);
    }
    expect(() => createClient({ credentials: CREDENTIALS, clock: new Bare() })).not.toThrow();
  });
});

/** What asks the system for the time, or waits by it. */
const SYSTEM_TIME =
  /\b(?:Date\.now|performance\.now|AbortSignal\.timeout|(?:set|clear)(?:Timeout|Interval|Immediate)|hrtime|uptime)\b|\bnew Date\(\s*\)|\bnew Date\b(?!\()|(?<!new )\bDate\(|["'](?:node:)?timers/;

describe("the system's time", () => {
  const src = fileURLToPath(new URL("../src", import.meta.url));
  const files = ["call", "sipgate", "client", "files"].flatMap((folder) =>
    readdirSync(join(src, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
  );
  /** Without comments, which may name it. */
  const codeIn = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, "");

  /** Other processes take turns by real time, and a turn of the event loop takes none. */
  const ALLOWED = [
    "call/clock.ts",
    "files/file-lock.ts",
    "files/process-identity.ts",
    "files/versioned-files.ts",
    "sipgate/http/http-fetch.ts",
    "sipgate/http/http-node.ts",
  ];

  it("is asked for in call/clock.ts, and where no clock of the client's counts", () => {
    const asking = files.filter((file) => SYSTEM_TIME.test(codeIn(readFileSync(join(src, file), "utf8"))));
    expect(files.length).toBeGreaterThan(80);
    expect(asking.sort()).toEqual(ALLOWED.map((file) => join(file)).sort());
  });

  it.each([
    "const at = Date.now();",
    "const at = new Date();",
    "const at = new Date;",
    "const at = Date();",
    "const { now } = performance, at = performance.now();",
    "setTimeout(run, 5);",
    "globalThis.setInterval(run, 5);",
    "setImmediate(run);",
    "clearTimeout(timer);",
    "const signal = AbortSignal.timeout(5);",
    'import { setTimeout as sleep } from "node:timers/promises";',
    "process.hrtime.bigint();",
  ])("is found to be asked for in: %s", (code) => {
    expect(codeIn(code)).toMatch(SYSTEM_TIME);
  });

  it.each([
    "new Date(clock.now().getTime())",
    "Date.parse(text)",
    "// as setTimeout does",
    "/** {@link setTimeout} */",
    "now(): Date;",
  ])("isn't asked for in: %s", (code) => {
    expect(codeIn(code)).not.toMatch(SYSTEM_TIME);
  });
});
