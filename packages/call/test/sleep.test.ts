// A machine that sleeps while a call is followed, such as a laptop that is closed. Clocks jump, requests fail at first.
import { expect, it, onTestFinished } from "vitest";
import { changesOf, clientOf, inWords, passUntil, strictSandbox } from "./support.js";

const HOUR_MS = 3_600_000;

/** A sandbox, and a client whose clocks have both jumped by `slept.ms`. */
async function sleeper() {
  const sandbox = await strictSandbox({ clock: "manual" });
  onTestFinished(() => sandbox.close());
  const slept = { ms: 0 };
  const clock = {
    ...sandbox.clock,
    now: () => new Date(sandbox.clock.now().getTime() + slept.ms),
    monotonicMs: () => sandbox.clock.monotonicMs() + slept.ms,
  };
  return { sandbox, slept, client: clientOf(sandbox, "classic", { clock }) };
}

it("a call that runs on is followed to its end", async () => {
  const { sandbox, slept, client } = await sleeper();
  const call = await client.place({ caller: "e0", callee: "+493023125001" });
  const changes = changesOf(call, { giveUpAfterMs: 30_000 });
  await sandbox.clock.advance(20_000);
  slept.ms = HOUR_MS;
  await sandbox.clock.advance(20_000);
  await call.hangUp();
  expect(inWords(await passUntil(sandbox.clock, changes))).toEqual([
    "accepted (response)",
    "connected (poll)",
    "ended: completed (history)",
  ]);
});

it.each(["reset", "answer"] as const)(
  "it's looked for again if the network isn't back at once: %s",
  async (how) => {
    const { sandbox, slept, client } = await sleeper();
    const call = await client.place({ caller: "e0", callee: "+493023125001" });
    const changes = changesOf(call);
    await sandbox.clock.advance(20_000);
    slept.ms = HOUR_MS;
    sandbox.faults.add(how === "reset" ? { how, times: 12 } : { how, status: 503, times: 12 });
    await sandbox.clock.advance(40_000);
    await call.hangUp();
    expect(inWords(await passUntil(sandbox.clock, changes))).toEqual([
      "accepted (response)",
      "connected (poll)",
      "ended: completed (history)",
    ]);
  },
);

it("a call that ended meanwhile gets its cause, though the history is late", async () => {
  const { sandbox, slept, client } = await sleeper();
  const call = await client.place({ caller: "e0", callee: "+493023125001" });
  const changes = changesOf(call, { giveUpAfterMs: 30_000 });
  await sandbox.clock.advance(20_000);
  await clientOf(sandbox).call(call.callId).hangUp();
  await sandbox.clock.advance(1_000); // The history isn't written yet.
  slept.ms = HOUR_MS;
  expect(inWords(await passUntil(sandbox.clock, changes)).at(-1)).toBe("ended: completed (history)");
});

it("a call that rings is given the time that it had", async () => {
  const { sandbox, slept, client } = await sleeper();
  const call = await client.place({ caller: "e3", callee: "+493023125000" });
  const changes = changesOf(call, { giveUpAfterMs: 120_000 });
  await sandbox.clock.advance(5_000);
  slept.ms = HOUR_MS;
  expect(inWords(await passUntil(sandbox.clock, changes))).toEqual([
    "accepted (response)",
    "ended: no-answer (history)",
  ]);
});

it("following gives up in the end, and only after another look", async () => {
  const { sandbox, slept, client } = await sleeper();
  const call = await client.place({ caller: "e3", callee: "+493023125000" });
  const changes = changesOf(call, { giveUpAfterMs: 10_000 });
  await sandbox.clock.advance(8_000);
  slept.ms = HOUR_MS;
  const before = sandbox.requests.length;
  expect(inWords(await passUntil(sandbox.clock, changes)).at(-1)).toBe("unknown (timer)");
  expect(sandbox.requests.length - before).toBeGreaterThanOrEqual(2);
});
