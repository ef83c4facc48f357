import { callees, createSandbox, type SandboxOptions } from "sipgate-sandbox";
import { describe, expect, it, vi } from "vitest";
import { berlin, clientFor, course, onlyCall, placeClassic, startSandbox } from "./support.js";

describe("createSandbox", () => {
  it("A sandbox listens on a free port of this machine", async () => {
    const sandbox = await createSandbox();
    expect(sandbox.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2$/);
    await sandbox.close();
    await expect(fetch(sandbox.baseUrl)).rejects.toThrow();
  });

  it("Many sandboxes run at once without knowing of one another", async () => {
    const sandboxes = await Promise.all(Array.from({ length: 10 }, () => startSandbox()));
    await Promise.all(sandboxes.map((sandbox) => placeClassic(clientFor(sandbox, "classic"), berlin("000"))));
    await sandboxes[0]?.clock.advance(1_000);
    expect(sandboxes.map(({ calls }) => calls.map(({ state }) => state))).toEqual([
      ["caller-ringing"],
      ...Array.from({ length: 9 }, () => ["accepted"]),
    ]);
  });

  it("The error names every invalid option", async () => {
    const options = { port: 70_000, host: " ", clock: "sundial", speed: 2 } as unknown as SandboxOptions;
    const error = createSandbox(options);
    await expect(error).rejects.toThrow(TypeError);
    await expect(error).rejects.toThrow(/speed: the options are port, .*port must.*host must.*clock must/);
    for (const given of [5, null, "real"])
      await expect(createSandbox(given as unknown as SandboxOptions)).rejects.toThrow(/must be an object/);
  });

  it("It rejects if the port is in use", async () => {
    const sandbox = await startSandbox();
    const port = Number(new URL(sandbox.baseUrl).port);
    await expect(createSandbox({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("It closes during a request and a call, and can be closed twice", async () => {
    const sandbox = await createSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin("000"));
    const idle = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    await sandbox.close();
    await sandbox.close();
    expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length).toBeLessThan(idle);
  });

  it("A snapshot of a call never changes", async () => {
    const sandbox = await startSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin("000"));
    const before = onlyCall(sandbox);
    await sandbox.clock.advance(10_000);
    expect(before.state).toBe("accepted");
    expect(onlyCall(sandbox).state).toBe("connected");
  });
});

describe("a manual clock", () => {
  it("A manual clock starts at a known time and moves by advance only", async () => {
    const { clock } = await startSandbox();
    expect(clock.now()).toEqual(new Date("2026-01-05T08:00:00Z"));
    await clock.advance(1_500);
    expect(clock.now()).toEqual(new Date("2026-01-05T08:00:01.500Z"));
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    "A manual clock doesn't advance by %d",
    async (milliseconds) => {
      const { clock } = await startSandbox();
      await expect(clock.advance(milliseconds)).rejects.toThrow(RangeError);
    },
  );

  it("Timers that are due at the same time run in the order they were set in", async () => {
    const sandbox = await startSandbox();
    const body = { caller: berlin("000"), callee: berlin("000"), deviceId: "e0" };
    await clientFor(sandbox, "classic")("POST", "/sessions/calls", body);
    await sandbox.clock.advance(120_000);
    // Both sides hang up 30 s after they were connected; the caller's side was set first.
    expect(onlyCall(sandbox).end).toMatchObject({ party: "caller", cause: "completed" });
  });

  it("A call goes the same way among many calls as alone", async () => {
    const alone = new Map<string, string[]>();
    for (const { number } of callees) {
      const sandbox = await startSandbox();
      await placeClassic(clientFor(sandbox, "classic"), number);
      await sandbox.clock.advance(120_000);
      alone.set(number, course(onlyCall(sandbox)));
    }
    const sandbox = await startSandbox();
    for (let index = 0; index < 60; index++) {
      const number = callees[(index * 7) % callees.length]?.number ?? "";
      await placeClassic(clientFor(sandbox, "classic"), number);
      await sandbox.clock.advance((index % 5) * 700);
    }
    await sandbox.clock.advance(120_000);
    for (const call of sandbox.calls) expect(course(call)).toEqual(alone.get(call.callee));
  });

  it("Calls go the same way whether the clock moves in one step or in many", async () => {
    const [one, many] = [await startSandbox(), await startSandbox()];
    for (const sandbox of [one, many]) {
      for (const digits of ["000", "486", "408", "603", "001", "487"]) {
        await placeClassic(clientFor(sandbox, "classic"), berlin(digits));
      }
    }
    await one.clock.advance(120_000);
    for (let step = 0; step < 120; step++) await many.clock.advance(1_000);
    expect(many.calls).toEqual(one.calls);
    expect(one.calls.filter(({ state }) => state === "ended")).toHaveLength(5);
  });
});

describe("a real clock", () => {
  it("A real clock can't be advanced", async () => {
    const sandbox = await createSandbox();
    await expect(sandbox.clock.advance(1)).rejects.toThrow(/manual/);
    await sandbox.close();
  });

  it("On a real clock calls take their time", async () => {
    const sandbox = await createSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin("000"), "e5");
    await vi.waitFor(() => expect(onlyCall(sandbox).state).toBe("ended"), { timeout: 5_000 });
    const { placedAt, endedAt } = onlyCall(sandbox);
    const took = Number(endedAt) - Number(placedAt);
    expect(took).toBeGreaterThanOrEqual(500);
    await sandbox.close();
  });
});

it("The Date of a response is the sandbox's time", async () => {
  const sandbox = await startSandbox();
  await sandbox.clock.advance(3_600_000);
  const { headers } = await clientFor(sandbox, "classic")("GET", "/balance");
  expect(headers.get("date")).toBe("Mon, 05 Jan 2026 09:00:00 GMT");
});
