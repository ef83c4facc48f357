// What pushed events tell those who follow a call.
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CALLEE, event, OF_CALL, publicKey, URL_OF_OURS } from "./pushed-events.js";
import { changesOf, clientOf, inWords, passUntil, strictSandbox } from "./support.js";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

describe("events tell those who follow a call that", () => {
  /** Places a call from e3, which nobody answers in the sandbox: all changes come from what is pushed here. */
  async function followed(
    platform: "classic" | "neo",
    events: readonly Readonly<Record<string, string>>[],
    giveUpAfterMs = 700,
  ) {
    const client = clientOf(sandbox, platform);
    const pushes = await client.createPushHandler({ url: URL_OF_OURS, publicKey });
    const call = await client.place({ caller: "e3", callee: `+${CALLEE}` });
    for (const fields of events) {
      const { status } = await pushes.handle(event({ callId: call.callId, ...fields }));
      expect(status).toBe(200);
    }
    const changes = await passUntil(sandbox.clock, changesOf(call, { giveUpAfterMs }));
    return changes.map(({ state, evidence, end }) =>
      end === undefined
        ? `${state} (${evidence})`
        : `${state}: ${end.cause} by ${end.party ?? "?"} (${evidence})`,
    );
  }

  const newCall = { event: "newCall" };
  const answered = { event: "answer", answeringNumber: CALLEE };
  const hungUp = { event: "hangup", cause: "normalClearing", answeringNumber: CALLEE };

  it("it rings once it has begun, unless it's over at once", async () => {
    expect(await followed("classic", [newCall], 2_500)).toEqual([
      "accepted (response)",
      "caller-ringing (push)",
      "unknown (timer)",
    ]);
    const atOnce = [newCall, { event: "hangup", cause: "notFound" }];
    expect(await followed("classic", atOnce, 2_500)).toEqual([
      "accepted (response)",
      "ended: not-found by ? (push)",
    ]);
  });

  it("it didn't ring if it was over within a second, although it was polled meanwhile", async () => {
    const client = clientOf(sandbox);
    const pushes = await client.createPushHandler({ url: URL_OF_OURS, publicKey });
    const call = await client.place({ caller: "e3", callee: `+${CALLEE}` });
    const changes = changesOf(call);
    await pushes.handle(event({ callId: call.callId, ...newCall }));
    await sandbox.clock.advance(900);
    expect(sandbox.requests.map(({ path }) => path)).toContain("/v2/calls");
    await pushes.handle(event({ callId: call.callId, event: "hangup", cause: "notFound" }));
    expect(inWords(await passUntil(sandbox.clock, changes))).toEqual([
      "accepted (response)",
      "ended: not-found (push)",
    ]);
  });

  it("it is answered and over, also by events that came before anybody followed", async () => {
    expect(await followed("classic", [newCall, answered, hungUp])).toEqual([
      "accepted (response)",
      "connected (push)",
      "ended: completed by ? (push)",
    ]);
  });

  it.each([
    ["busy", "busy by ?"],
    ["cancel", "canceled by ?"],
    ["congestion", "unreachable by ?"],
    ["notFound", "not-found by ?"],
    ["forwarded", "forwarded by ?"],
    ["somethingNew", "unknown by ?"],
  ])("it ended, by a hangup with %s: %s", async (cause, told) => {
    const changes = await followed("classic", [newCall, { event: "hangup", cause }]);
    expect(changes.at(-1)).toBe(`ended: ${told} (push)`);
  });

  it("the caller's own phone answered, which isn't the callee", async () => {
    const own = { event: "answer", answeringNumber: OF_CALL.from };
    expect(await followed("classic", [newCall, own, { event: "hangup", cause: "busy" }])).toEqual([
      "accepted (response)",
      "caller-answered (push)",
      "ended: busy by callee (push)",
    ]);
  });

  it("the caller answered, if an answer doesn't say whose it is", async () => {
    const changes = await followed("classic", [{ event: "answer" }]);
    expect(changes).toEqual(["accepted (response)", "caller-answered (push)", "unknown (timer)"]);
  });

  it("it is completed after an answer, which sipgate sometimes calls cancel", async () => {
    const changes = await followed("classic", [answered, { event: "hangup", cause: "cancel" }]);
    expect(changes.at(-1)).toBe("ended: completed by ? (push)");
  });

  it("it wasn't rejected if it was answered, even by noAnswer", async () => {
    const changes = await followed("classic", [answered, { event: "hangup", cause: "noAnswer" }]);
    expect(changes.at(-1)).toBe("ended: completed by ? (push)");
  });

  it("it goes on even if sipgate doesn't list it in time", async () => {
    expect(await followed("classic", [answered], 4_500)).toEqual([
      "accepted (response)",
      "connected (push)",
      "unknown (timer)",
    ]);
  });

  it("nothing goes backwards if they come in the wrong order", async () => {
    expect(await followed("classic", [answered, newCall, hungUp])).toEqual([
      "accepted (response)",
      "connected (push)",
      "ended: completed by ? (push)",
    ]);
    expect(await followed("classic", [hungUp, answered, newCall])).toEqual([
      "accepted (response)",
      "ended: completed by ? (push)",
    ]);
  });

  it("nothing of another call to the same number is its own", async () => {
    const other = { callId: "another" };
    expect(
      await followed(
        "classic",
        [newCall, answered, hungUp].map((fields) => ({ ...fields, ...other })),
      ),
    ).toEqual(["accepted (response)", "unknown (timer)"]);
  });

  it("it goes on if a call that came of it ends", async () => {
    const { callId } = await clientOf(sandbox).place({ caller: "e3", callee: `+${CALLEE}` });
    const transferred = { ...hungUp, callId: "new", origCallId: callId };
    expect(await followed("classic", [transferred])).toEqual(["accepted (response)", "unknown (timer)"]);
  });

  it("nothing has changed if the event is of the incoming side", async () => {
    expect(await followed("classic", [{ ...newCall, direction: "in" }], 2_500)).toEqual([
      "accepted (response)",
      "unknown (timer)",
    ]);
  });

  it("it goes on after a hangup of the incoming side", async () => {
    expect(await followed("classic", [{ ...hungUp, direction: "in" }])).toEqual([
      "accepted (response)",
      "unknown (timer)",
    ]);
  });

  it("it has ended and nothing else on neo, whose order of legs isn't known", async () => {
    expect(await followed("neo", [newCall], 2_500)).toEqual(["accepted (response)", "unknown (timer)"]);
    expect(await followed("neo", [newCall, answered, hungUp])).toEqual([
      "accepted (response)",
      "ended: completed by ? (push)",
    ]);
  });
});

it("noAnswer may mean two things, and the history tells which", async () => {
  const client = clientOf(sandbox);
  const pushes = await client.createPushHandler({ url: URL_OF_OURS, publicKey });
  const call = await client.place({ caller: "e0", callee: "+493023125408" });
  await pushes.handle(event({ event: "hangup", callId: call.callId, cause: "noAnswer" }));
  await sandbox.clock.advance(120_000);
  expect(await passUntil(sandbox.clock, call.outcome())).toMatchObject({
    state: "ended",
    evidence: "history",
    end: { cause: "no-answer", party: undefined },
    states: ["accepted", "ended"],
  });
});

describe("a noAnswer that the history doesn't explain", () => {
  async function followedAs(
    account: string,
    caller: string,
    before: readonly Readonly<Record<string, string>>[] = [],
  ) {
    const client = clientOf(sandbox, account);
    const pushes = await client.createPushHandler({ url: URL_OF_OURS, publicKey });
    const call = await client.place({ caller, callee: `+${CALLEE}` });
    await sandbox.clock.advance(10_000);
    for (const fields of [...before, { event: "hangup", cause: "noAnswer" }])
      await pushes.handle(event({ callId: call.callId, ...fields }));
    const begun = sandbox.clock.monotonicMs();
    const changes = inWords(await passUntil(sandbox.clock, changesOf(call)));
    return { changes, tookMs: sandbox.clock.monotonicMs() - begun };
  }

  it("isn't taken back by a list that still has the call, and stands after a while", async () => {
    const { changes, tookMs } = await followedAs("classic", "e0");
    expect(changes).toEqual(["accepted (response)", "ended: rejected (push)"]);
    expect(tookMs).toBeGreaterThan(20_000);
  });

  it("stands soon if both were seen to talk", async () => {
    const { changes, tookMs } = await followedAs("classic", "e3", [
      { event: "answer", answeringNumber: CALLEE },
    ]);
    expect(changes).toEqual(["accepted (response)", "connected (push)", "ended: completed (push)"]);
    expect(tookMs).toBeLessThan(5_000);
  });

  it("stands soon if the history can't be read", async () => {
    const { changes, tookMs } = await followedAs("classic-without-history:read", "e3");
    expect(changes).toEqual(["accepted (response)", "ended: rejected (push)"]);
    expect(tookMs).toBeLessThan(5_000);
  });
});

it("a hangup by this client is reported as the client's", async () => {
  const call = await clientOf(sandbox).place({ caller: "e0", callee: `+${CALLEE}` });
  await sandbox.clock.advance(10_000);
  await call.hangUp();
  await sandbox.clock.advance(10_000);
  const { end } = await passUntil(sandbox.clock, call.outcome());
  expect(end).toMatchObject({ cause: "completed", party: "client" });
});

it("waiting for an outcome ends when the signal aborts", async () => {
  const call = await clientOf(sandbox).place({ caller: "e0", callee: `+${CALLEE}` });
  const outcome = call.outcome({ signal: AbortSignal.timeout(1) });
  await expect(outcome).rejects.toMatchObject({ code: "aborted", placed: "yes" });
});
