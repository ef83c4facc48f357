import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock as clock } from "../src/call/clock.js";
import { wait, waitFor } from "../src/call/wait.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0); // What is left would keep a program running.
  vi.useRealTimers();
});

const givenUp = () => new Error("given up");
const tooLate = () => new Error("too late");
const limit = { clock, milliseconds: 1_000, tooLate };
const never = new Promise<never>(() => {});

describe("waiting", () => {
  it("ends once the time is over", async () => {
    const done = vi.fn();
    const waiting = wait(clock, 1_000).then(done);
    await vi.advanceTimersByTimeAsync(999);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
  });

  it("ends when the signal aborts", async () => {
    const leaving = new AbortController();
    const waiting = wait(clock, 1_000, leaving.signal);
    leaving.abort();
    await waiting;
  });

  it("ends at once if the signal has aborted", async () => {
    await wait(clock, 1_000, AbortSignal.abort());
  });
});

describe("waiting for a result", () => {
  it("gives it, or what it failed with", async () => {
    const bounds = { limit, givenUp };
    expect(await waitFor(Promise.resolve(1), bounds)).toBe(1);
    await expect(waitFor(Promise.reject(new Error("failed")), bounds)).rejects.toThrow("failed");
  });

  it("ends once the time is over", async () => {
    const waiting = expect(waitFor(never, { limit, givenUp })).rejects.toThrow("too late");
    await vi.advanceTimersByTimeAsync(1_000);
    await waiting;
  });

  it("ends when the signal aborts", async () => {
    const leaving = new AbortController();
    const bounds = { limit, signal: leaving.signal, givenUp };
    const waiting = expect(waitFor(never, bounds)).rejects.toThrow("given up");
    leaving.abort();
    await waiting;
  });

  it("ends at once if the signal has aborted", async () => {
    const bounds = { limit, signal: AbortSignal.abort(), givenUp };
    await expect(waitFor(never, bounds)).rejects.toThrow("given up");
  });
});
