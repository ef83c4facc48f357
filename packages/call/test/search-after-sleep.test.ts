// The machine sleeps, or its clock is set, between a call request whose response is lost and the search for the call.
import { CallError, type PlaceOptions } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientOf, passUntil, strictSandbox } from "./support.js";

const HOUR_MS = 3_600_000;
/** Milliseconds from the first look to the second. */
const FIRST_WAIT_MS = 500;
const REQUEST = { caller: "e5", callee: "+493023125000" };
let sandbox: Sandbox;
/** Milliseconds by which the client's clocks stay behind the sandbox's, or are ahead. */
let jumps: { monotonic: number; wall: number };

/** Is called when the first look is over. */
let onWait: () => void;

beforeEach(async () => {
  onWait = () => {};
  sandbox = await strictSandbox({ clock: "manual" });
  jumps = { monotonic: 0, wall: 0 };
});
afterEach(() => sandbox.close());

const jumping = () =>
  clientOf(sandbox, "classic", {
    clock: {
      ...sandbox.clock,
      now: () => new Date(sandbox.clock.now().getTime() + jumps.wall),
      monotonicMs: () => sandbox.clock.monotonicMs() + jumps.monotonic,
      after(delayMs, run) {
        if (delayMs === FIRST_WAIT_MS) onWait();
        return sandbox.clock.after(delayMs, run);
      },
    },
  });

/** What the search shows after a call request whose response is lost. */
async function searched(
  carriedOut: boolean,
  { onSearch, ...options }: PlaceOptions,
  caller = REQUEST.caller,
): Promise<CallError["search"]> {
  sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut });
  const placing = jumping().place({ ...REQUEST, caller }, { onSearch, ...options });
  const error = await passUntil(
    sandbox.clock,
    placing.catch((thrown: unknown) => thrown),
  );
  if (!(error instanceof CallError)) throw new Error(`didn't fail: ${String(error)}`);
  return error.search;
}

/** An hour passes, without the monotonic clock. */
function sleep(): void {
  jumps.monotonic -= HOUR_MS;
  void sandbox.clock.advance(HOUR_MS);
}

describe("if the monotonic clock stood still while the machine slept", () => {
  it("the call is found by the clock on the wall, and is said to be possible", async () => {
    const found = await searched(true, { onSearch: sleep });
    expect(found).toMatchObject({ found: "possible", callId: sandbox.calls[0]?.id });
    expect(found?.summary).toContain("this machine slept meanwhile, or its clock was set");
  });

  it("a call of somebody else's right after waking is possible at most", async () => {
    const onSearch = () => {
      sleep();
      void clientOf(sandbox).place(REQUEST);
    };
    expect((await searched(false, { onSearch }))?.found).toBe("possible");
  });

  it("a call that runs after waking isn't taken for one that ran before the call request", async () => {
    const onSearch = () => {
      jumps.monotonic -= HOUR_MS / 60;
      void sandbox.clock.advance(HOUR_MS / 60);
    };
    const found = await searched(true, { onSearch }, "e0");
    expect(found).toMatchObject({ found: "possible", callId: sandbox.calls[0]?.id });
  });
});

it("a call that runs after a sleep between two looks is possible at most", async () => {
  let other: Promise<unknown> | undefined;
  onWait = () => {
    // Both clocks have run on meanwhile, as on some systems.
    jumps = { monotonic: 60_000, wall: 60_000 };
    other ??= clientOf(sandbox).place({ ...REQUEST, caller: "e0" });
  };
  const found = await searched(false, { searchForMs: 120_000 }, "e0");
  await other;
  expect(found).toMatchObject({ found: "possible", callId: sandbox.calls[0]?.id });
});

it.each([-HOUR_MS, HOUR_MS])("no call is likely if the clock on the wall is set by %i ms", async (set) => {
  const onSearch = () => {
    jumps.wall += set;
  };
  expect((await searched(true, { onSearch }))?.found).toBe("possible");
});

it("the search looks again if the first look fails", async () => {
  const onSearch = () => void sandbox.faults.add({ how: "answer", status: 503, method: "GET", times: 6 });
  const found = await searched(true, { onSearch });
  expect(found).toMatchObject({ found: "likely", callId: sandbox.calls[0]?.id });
});

it("it says that nothing can be seen if every look fails", async () => {
  const onSearch = () => void sandbox.faults.add({ how: "answer", status: 503, method: "GET", times: 999 });
  const before = sandbox.clock.monotonicMs();
  expect((await searched(true, { onSearch }))?.found).toBe("hidden");
  expect(sandbox.clock.monotonicMs() - before).toBeGreaterThanOrEqual(15_000);
});

it("it doesn't look again at what it may not read", async () => {
  const onSearch = () => void sandbox.faults.add({ how: "answer", status: 403, method: "GET", times: 999 });
  const before = sandbox.clock.monotonicMs();
  expect((await searched(true, { onSearch }))?.found).toBe("hidden");
  expect(sandbox.clock.monotonicMs() - before).toBeLessThan(5_000);
});
