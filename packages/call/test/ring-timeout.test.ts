// The command line's --ring-timeout is a rule of the domain, which needs nothing but its port.
import type { Participant, RunningCall } from "sipgate-call";
import { createManualClock } from "sipgate-sandbox";
import { expect, it, vi } from "vitest";
// Not public; its errors are told by their class, so they come from where it takes them.
import { CallError } from "../src/call/errors.js";
import { startRingTimeout } from "../src/call/follow/ring-timeout.js";

const party = (phoneNumber: string, owner: boolean): Participant => ({
  participantId: phoneNumber,
  phoneNumber,
  owner,
  muted: false,
  hold: false,
});
const YOU = party("+496990009000", true);
const THEM = party("+493023125000", false);
const listed = (callId: string, ...participants: Participant[]): RunningCall => ({
  callId,
  participants,
  muted: false,
  hold: false,
  recording: false,
});
const failure = (code: "call-not-found" | "network") =>
  new CallError(code, "It failed.", { remedy: "Look.", placed: "no" });

/** What is told and done once the time is over. */
async function after(running: RunningCall[] | CallError, hangUpError?: CallError): Promise<string[]> {
  const clock = createManualClock();
  const done: string[] = [];
  startRingTimeout(
    clock,
    { calls: async () => (running instanceof Error ? Promise.reject(running) : running) },
    {
      callId: "ours",
      hangUp: async () => {
        done.push("hang up");
        if (hangUpError !== undefined) throw hangUpError;
      },
    },
    1_000,
    {
      notSeen: () => done.push("not seen"),
      hangingUp: () => done.push("hanging up"),
      failed: ({ code }) => done.push(`failed: ${code}`),
    },
  );
  await clock.advance(999);
  expect(done).toEqual([]);
  await clock.advance(1);
  return done;
}

it.each([
  ["isn't listed", []],
  ["is listed with its caller alone", [listed("ours", YOU)]],
  ["isn't the one that others talk in", [listed("other", YOU, THEM)]],
])("a call that %s is hung up", async (_, running) => {
  expect(await after(running)).toEqual(["hanging up", "hang up"]);
});

it("a call in which both parties talk goes on", async () => {
  expect(await after([listed("other", YOU), listed("ours", YOU, THEM)])).toEqual([]);
});

it("a call that can't be seen goes on, and that's told", async () => {
  expect(await after(failure("network"))).toEqual(["not seen"]);
});

it("that hanging up has failed is told, unless the call has ended meanwhile", async () => {
  expect(await after([], failure("network"))).toEqual(["hanging up", "hang up", "failed: network"]);
  expect(await after([], failure("call-not-found"))).toEqual(["hanging up", "hang up"]);
});

it("nothing happens once it's taken back", async () => {
  const clock = createManualClock();
  const calls = vi.fn(async () => []);
  const nothing = () => {};
  const stop = startRingTimeout(clock, { calls }, { callId: "ours", hangUp: async () => {} }, 1_000, {
    notSeen: nothing,
    hangingUp: nothing,
    failed: nothing,
  });
  stop();
  await clock.advance(2_000);
  expect(calls).not.toHaveBeenCalled();
});
