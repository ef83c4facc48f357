// A call that is picked up by its id, as by a program that was started again.
import { type CallChange, createClient } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { strictSandbox } from "./support.js";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

const PLATFORMS = ["classic", "neo"] as const;
/** A program of its own, which knows nothing of the other ones' calls. */
const program = (platform: (typeof PLATFORMS)[number]) =>
  createClient({ credentials: sandbox[platform], baseUrl: sandbox.baseUrl });

async function place(platform: (typeof PLATFORMS)[number], callee = "+493023125000") {
  const { callId, channelId } = await program(platform).place({ caller: "e0", callee });
  return { callId, channelId };
}

/** Lets time pass until the call is over, as often as it's looked at. */
async function untilOver(changes: AsyncIterable<CallChange>, step: number): Promise<CallChange[]> {
  const seen: CallChange[] = [];
  for await (const change of changes) {
    seen.push(change);
    await sandbox.clock.advance(step);
  }
  return seen;
}

describe.each(PLATFORMS)("a call that is picked up by its id on %s", (platform) => {
  it("is followed from what is seen of it first to its end", async () => {
    const { callId } = await place(platform);
    await sandbox.clock.advance(10_000);
    const seen = await untilOver(program(platform).call(callId).follow(), 60_000);
    expect(seen.map(({ state, evidence }) => [state, evidence])).toEqual([
      ["connected", "poll"],
      ["ended", "history"],
    ]);
    expect(seen.at(-1)?.end).toMatchObject({ cause: "completed" });
  });

  it("tells how it ended, although that's long over", async () => {
    const { callId, channelId } = await place(platform, "+493023125486");
    await sandbox.clock.advance(3_600_000);
    for (const details of [undefined, { channelId }]) {
      const outcome = await program(platform).call(callId, details).outcome();
      expect(outcome).toMatchObject({ state: "ended", evidence: "history", states: ["ended"] });
      expect(outcome.end?.cause).toBe("busy");
    }
  });

  it("is controlled", async () => {
    const { callId } = await place(platform);
    await sandbox.clock.advance(10_000);
    const call = program(platform).call(callId);
    expect(call.callId).toBe(callId);
    await call.hold();
    expect(sandbox.calls[0]).toMatchObject({ hold: true });
    const outcome = call.outcome();
    await call.hangUp();
    await sandbox.clock.advance(60_000);
    expect(await outcome).toMatchObject({ end: { cause: "completed", party: "client" } });
  });
});

it("a picked-up call has its channel's events alone read if the channel is known, else those of all", async () => {
  const { callId, channelId } = await place("neo", "+493023125486");
  await sandbox.clock.advance(60_000);
  const channelsRead = async (details?: { channelId: string | undefined }) => {
    const before = sandbox.requests.length;
    await program("neo").call(callId, details).outcome();
    const paths = sandbox.requests.slice(before).map(({ path }) => path);
    return new Set(paths.filter((path) => path.endsWith("/events"))).size;
  };
  expect(await channelsRead({ channelId })).toBe(1);
  expect(await channelsRead()).toBeGreaterThan(1);
});

it("picking up a call sends nothing", async () => {
  const before = sandbox.requests.length;
  program("classic").call("an-id");
  await new Promise(setImmediate);
  expect(sandbox.requests).toHaveLength(before);
});

it("a call of which nothing is seen is given up, and never said to be accepted", async () => {
  const outcome = await program("classic").call("an-id").outcome({ giveUpAfterMs: 10 });
  expect(outcome).toMatchObject({ state: "unknown", states: ["unknown"] });
});

it.each([
  ["", undefined, "callId"],
  [5, undefined, "callId"],
  ["an-id", 5, "options"],
  ["an-id", { channel: "x" }, "channel"],
  ["an-id", { channelId: "" }, "channelId"],
])(
  "call(%j, %j) throws nothing, and is refused for its %s once it's followed",
  async (id, details, field) => {
    const call = program("classic").call(id as string, details as never);
    await expect(call.outcome()).rejects.toMatchObject({ problems: [{ field }] });
    await expect(call.follow().next()).rejects.toMatchObject({ problems: [{ field }] });
  },
);
