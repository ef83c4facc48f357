// The sandbox's clock, as a client under test uses it.
import { createManualClock, createSandbox } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { berlin, clientFor, onlyCall, placeClassic, startSandbox } from "./support.js";

describe("A manual clock", () => {
  it("Runs timers in order, each at its time, and those that a timer sets", async () => {
    const clock = createManualClock();
    const ran: [string, number][] = [];
    const note = (name: string) => ran.push([name, clock.monotonicMs() - begun]);
    const begun = clock.monotonicMs();
    clock.after(20, () => note("second"));
    clock.after(10, () => {
      note("first");
      clock.after(15, () => note("third"));
      clock.after(0, () => note("at once"));
    });
    clock.after(20, () => note("the one after it"));
    clock.after(40, () => note("too late"));
    await clock.advance(39);
    expect(ran).toEqual([
      ["first", 10],
      ["at once", 10],
      ["second", 20],
      ["the one after it", 20],
      ["third", 25],
    ]);
    expect(clock.monotonicMs() - begun).toBe(39);
    expect(clock.now()).toEqual(new Date("2026-01-05T08:00:00.039Z"));
  });

  it("Doesn't run a timer that was cancelled", async () => {
    const clock = createManualClock();
    let ran = 0;
    const cancel = clock.after(10, () => {
      ran += 1;
    });
    clock.after(5, cancel);
    await clock.advance(20);
    expect(ran).toBe(0);
  });

  it("Moves on only when work is done that a timer has begun, and work that follows from it", async () => {
    const clock = createManualClock();
    const seen: string[] = [];
    const work = (name: string) => {
      const done = new Promise<void>((resolve) => setTimeout(resolve, 60)).then(() => void seen.push(name));
      clock.busyUntil(done);
      return done;
    };
    const several = async () => {
      await work("first");
      await new Promise(setImmediate);
      await work("second");
      clock.after(5, () => seen.push("later"));
    };
    clock.after(10, () => void several());
    clock.after(20, () => seen.push("a timer after it"));
    await clock.advance(100);
    expect(seen).toEqual(["first", "second", "later", "a timer after it"]);
  });

  it("Takes work for hanging that isn't done in half a second, and moves on", async () => {
    const clock = createManualClock();
    let ran = 0;
    clock.busyUntil(new Promise(() => {}));
    clock.after(10, () => {
      ran += 1;
    });
    clock.after(20, () => {
      ran += 1;
    });
    const begun = performance.now();
    await clock.advance(100);
    expect(ran).toBe(2);
    expect(performance.now() - begun).toBeGreaterThan(400);
  });

  it("Isn't stopped by work that fails", async () => {
    const clock = createManualClock();
    clock.busyUntil(Promise.reject(new Error("as it happens")));
    await clock.advance(100);
  });

  it("Moves once after the other if it's asked twice at the same time", async () => {
    const clock = createManualClock();
    const seen: number[] = [];
    for (const at of [5, 15, 25]) clock.after(at, () => seen.push(at));
    const first = clock.advance(10).then(() => seen.push(-1));
    await Promise.all([first, clock.advance(10)]);
    expect(seen).toEqual([5, -1, 15]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    "Can't be moved by %d, and still moves then",
    async (ms) => {
      const clock = createManualClock();
      await expect(clock.advance(ms)).rejects.toThrow(RangeError);
      await clock.advance(1);
      expect(clock.now()).toEqual(new Date("2026-01-05T08:00:00.001Z"));
    },
  );
});

describe("A sandbox's clock", () => {
  it("Runs others' timers among what the phones do", async () => {
    const sandbox = await startSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin("005"));
    const seen: string[] = [];
    const look = () => {
      seen.push(onlyCall(sandbox).state);
      sandbox.clock.after(1_000, look);
    };
    sandbox.clock.after(100, look);
    await sandbox.clock.advance(12_000);
    expect([...new Set(seen)]).toEqual(onlyCall(sandbox).states.map(({ state }) => state));
    expect(seen.length).toBeGreaterThan(10);
  });

  it("Runs timers on real time, too, and none after the sandbox is closed", async () => {
    const sandbox = await createSandbox();
    onTestFinished(() => sandbox.close());
    const begun = sandbox.clock.monotonicMs();
    await new Promise<void>((resolve) => void sandbox.clock.after(20, resolve));
    expect(sandbox.clock.monotonicMs() - begun).toBeGreaterThanOrEqual(19);
    let ran = 0;
    sandbox.clock.after(1, () => {
      ran += 1;
    });
    await sandbox.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ran).toBe(0);
  });

  it("Can't be moved on real time", async () => {
    const sandbox = await createSandbox();
    onTestFinished(() => sandbox.close());
    await expect(sandbox.clock.advance(1)).rejects.toThrow('Create it with clock: "manual".');
  });
});
