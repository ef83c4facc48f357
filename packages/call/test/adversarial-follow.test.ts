// Attempts to make the follower say what isn't so.
import type { Call, CallChange, FollowOptions } from "sipgate-call";
import { createManualClock, type Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { type Answer, type AnsweringServer, answering } from "./answers.js";
import { aheadBy, changesOf, clientAt, clientOf, passUntil, strictSandbox } from "./support.js";

const STAYS = "+493023125001";
/** A test with a sandbox of its own: several can run at once. */
const inSandbox = (test: (sandbox: Sandbox) => Promise<void>) => async () => {
  const sandbox = await strictSandbox({ clock: "manual" });
  await test(sandbox);
  await sandbox.close();
};

/** Collects changes while the test goes on. */
function watching(call: Call) {
  const told: string[] = [];
  const done = (async () => {
    for await (const { state, evidence, end } of call.follow()) {
      told.push(end === undefined ? `${state} (${evidence})` : `${state}: ${end.cause} (${evidence})`);
    }
  })();
  return { told, done };
}

/** Lets time pass until the list of running calls was read some more times. */
async function looks(sandbox: Sandbox, times: number): Promise<void> {
  const count = () =>
    sandbox.requests.filter(({ path, method }) => method === "GET" && path === "/v2/calls").length;
  const enough = count() + times;
  while (count() < enough) await sandbox.clock.advance(100);
}

describe.concurrent.each(["classic", "neo"] as const)("on %s", (platform) => {
  it(
    "a call that is gone from the list isn't told as ended, nor its cause guessed, until the history has it",
    inSandbox(async (sandbox) => {
      const call = await clientOf(sandbox, platform).place({ caller: "e0", callee: STAYS });
      const { told, done } = watching(call);
      await sandbox.clock.advance(10_000);
      expect(told).toContain("connected (poll)");
      await call.hangUp(); // The history shows it only later.
      await looks(sandbox, 3);
      expect(told).toEqual(["accepted (response)", "connected (poll)"]);
      await passUntil(sandbox.clock, done);
      expect(told.at(-1)).toBe("ended: completed (history)");
    }),
  );

  it(
    "each of two calls to the same callee has its own end",
    inSandbox(async (sandbox) => {
      const client = clientOf(sandbox, platform);
      const first = await client.place({ caller: "e0", callee: STAYS });
      const second = await client.place({ caller: "e0", callee: STAYS });
      const [one, other] = [watching(first), watching(second)];
      await sandbox.clock.advance(10_000);
      expect(other.told).toContain("connected (poll)");
      await first.hangUp();
      await passUntil(sandbox.clock, one.done);
      await looks(sandbox, 2);
      expect(one.told.at(-1)).toBe("ended: completed (history)");
      expect(other.told).toEqual(["accepted (response)", "connected (poll)"]);
      await second.hangUp();
      await passUntil(sandbox.clock, other.done);
    }),
  );

  it(
    "an earlier call to the same callee that was busy isn't taken for this one",
    inSandbox(async (sandbox) => {
      const client = clientOf(sandbox, platform);
      const earlier = await client.place({ caller: "e5", callee: STAYS });
      await sandbox.clock.advance(60_000);
      expect((await passUntil(sandbox.clock, earlier.outcome())).end).toMatchObject({ cause: "busy" });
      const { told, done } = watching(await client.place({ caller: "e0", callee: STAYS }));
      await looks(sandbox, 2);
      expect(told).toEqual(["accepted (response)"]);
      await sandbox.clock.advance(10_000);
      expect(told).toContain("connected (poll)");
      await client.call((await client.calls())[0]?.callId ?? "").hangUp();
      await passUntil(sandbox.clock, done);
    }),
  );

  it(
    "a clock that differs from sipgate's by months changes nothing",
    inSandbox(async (sandbox) => {
      const clock = aheadBy(sandbox.clock, 100 * 24 * 3_600_000); // Milliseconds.
      const client = clientOf(sandbox, platform, { clock });
      const call = await client.place({ caller: "e0", callee: "+493023125486" });
      const { told, done } = watching(call);
      await looks(sandbox, 2);
      expect(told).toEqual(["accepted (response)"]);
      await passUntil(sandbox.clock, done);
      expect(told.at(-1)).toBe("ended: busy (history)");
    }),
  );
});

describe.concurrent("answers that say less than they seem to", () => {
  const OURS = "ours";
  const participant = (owner: boolean) => ({
    participantId: owner ? "a" : "b",
    phoneNumber: STAYS,
    muted: false,
    hold: false,
    owner,
  });
  const running = (...owners: boolean[]) =>
    ok({
      data: [
        { callId: OURS, muted: false, recording: false, hold: false, participants: owners.map(participant) },
      ],
    });
  const ok = (body: unknown): Answer => ({ status: 200, body: JSON.stringify(body) });
  const NOTHING = ok({ items: [], data: [] });
  const BROKEN: Answer = { status: 500, body: "" };

  /** Places a call and follows it to its end, or until the signal aborts. */
  async function followedAt(server: AnsweringServer, options: FollowOptions = {}): Promise<CallChange[]> {
    const clock = createManualClock();
    const call = await clientAt(server, { clock }).place({ caller: "e0", callee: STAYS });
    return passUntil(clock, changesOf(call, options));
  }

  /** What is told of a call if each poll of the running calls is answered in turn; the last answer stays. */
  async function told(lists: readonly Answer[], history: Answer, states: number): Promise<CallChange[]> {
    let look = 0;
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.includes("/history")) return history;
      return lists[Math.min(look++, lists.length - 1)] ?? NOTHING;
    });
    const clock = createManualClock();
    const call = await clientAt(server, { clock }).place({ caller: "e0", callee: STAYS });
    const changes: CallChange[] = [];
    const following = async () => {
      for await (const change of call.follow({ giveUpAfterMs: 3_000 })) {
        changes.push(change);
        if (changes.length === states) break;
      }
    };
    await passUntil(clock, following());
    await server.close();
    return changes;
  }
  const states = (changes: readonly CallChange[]) => changes.map(({ state }) => state);

  it("nothing is claimed while only the other party is there", async () => {
    const changes = await told([running(false), running(false), running(true, false)], NOTHING, 2);
    expect(states(changes)).toEqual(["accepted", "connected"]);
  });

  it("the caller has answered, and nobody else, while only the caller is there", async () => {
    const changes = await told([running(true), running(true, false)], NOTHING, 3);
    expect(states(changes)).toEqual(["accepted", "caller-answered", "connected"]);
  });

  /** A server with a call that comes to a state, and is over once that was seen; then the history has this entry. */
  async function overOnce(
    state: "caller-answered" | "connected",
    entry: object,
    whenSeen: (call: Call) => Promise<void> = async () => {},
  ) {
    let isOver = false;
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.includes("/history")) return isOver ? ok({ items: [{ callId: OURS, ...entry }] }) : NOTHING;
      return isOver ? NOTHING : state === "connected" ? running(true, false) : running(true);
    });
    const clock = createManualClock();
    const call = await clientAt(server, { clock }).place({ caller: "e0", callee: STAYS });
    const changes: CallChange[] = [];
    const following = async () => {
      for await (const change of call.follow()) {
        changes.push(change);
        if (change.state !== state) continue;
        await whenSeen(call);
        isOver = true;
      }
    };
    await passUntil(clock, following());
    await server.close();
    expect(states(changes)).toEqual(["accepted", state, "ended"]);
    return changes.at(-1)?.end;
  }

  it.each([
    ["busy", { callStatus: "BUSY" }, "callee"],
    ["no-answer", { callStatus: "MISSED" }, "callee"],
    ["rejected", { callStatus: "REJECTED" }, "callee"],
    ["forwarded", { status: "FORWARD" }, "callee"],
    ["unreachable", { callStatus: "FAILURE" }, undefined],
    ["completed", { callStatus: "SUCCESS" }, undefined],
  ])(
    "after the caller was seen to answer, %s is told with whose doing it is",
    async (cause, entry, party) => {
      expect(await overOnce("caller-answered", entry)).toMatchObject({ cause, party });
    },
  );

  it.each([
    ["completed", { callStatus: "SUCCESS" }, "completed", "client"],
    ["nobody answered", { callStatus: "MISSED" }, "canceled", "client"],
    ["words that nobody knows", { callStatus: "SUPERPOSED" }, "canceled", "client"],
    ["busy, which came first then", { callStatus: "BUSY" }, "busy", "callee"],
    ["rejected, which came first then", { callStatus: "REJECTED" }, "rejected", "callee"],
  ])(
    "hanging up before the callee answered is told truly if the history says %s",
    async (_, entry, cause, party) => {
      const end = await overOnce("caller-answered", entry, (call) => call.hangUp());
      expect(end).toMatchObject({ cause, party });
    },
  );

  it.each([
    ["completed", { callStatus: "SUCCESS" }],
    ["nobody answered", { callStatus: "MISSED" }],
    ["words that nobody knows", { callStatus: "SUPERPOSED" }],
  ])(
    "a call that both talked in and the client hung up is completed, if the history says %s",
    async (_, entry) => {
      const end = await overOnce("connected", entry, (call) => call.hangUp());
      expect(end).toMatchObject({ cause: "completed", party: "client" });
    },
  );

  it("failures in passing aren't an end", async () => {
    const stop = new AbortController();
    const lists = [running(true, false), BROKEN, BROKEN, NOTHING, BROKEN, running(true, false)];
    let look = 0;
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.includes("/history")) return BROKEN;
      if (look === lists.length) stop.abort();
      return lists[Math.min(look++, lists.length - 1)] ?? NOTHING;
    });
    const changes = await followedAt(server, { signal: stop.signal });
    await server.close();
    expect(states(changes)).toEqual(["accepted", "connected"]);
  });

  /** A call on neo whose channel has these events, and that is running or not. */
  async function toldOnNeo(events: readonly object[], list: Answer): Promise<CallChange[]> {
    const server = await answering((path) => {
      if (path.includes("/userinfo")) return ok({ sub: "w0" });
      if (path.endsWith("/channels"))
        return ok({ items: [{ id: "c", users: [{ id: "w0", deviceIds: ["e0"] }] }] });
      if (path.endsWith("/events")) return ok({ items: events });
      return list;
    });
    const clock = createManualClock();
    const client = clientAt(server, { clock, platform: "neo" });
    const call = await client.place({ caller: "e0", callee: STAYS });
    const changes = await passUntil(clock, changesOf(call, { giveUpAfterMs: 2_000 }));
    await server.close();
    return changes;
  }

  it.each([
    ["that it rings", { callId: OURS, status: "RINGING" }],
    ["that a call which came of it was busy", { callId: "other", origCallId: OURS, status: "BUSY" }],
  ])("a channel's event that says %s is no end", async (_, event) => {
    const notRunning = ok({ callId: OURS, data: [] });
    expect(states(await toldOnNeo([event], notRunning))).toEqual(["accepted", "unknown"]);
  });

  it("an entry of the history is no end while both talk", async () => {
    // A second call that isn't on the list makes the follower read the history.
    let placed = 0;
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: placed++ === 0 ? OURS : "another" });
      return path.includes("/history")
        ? ok({ items: [{ callId: OURS, status: "NOPICKUP" }] })
        : running(true, false);
    });
    const clock = createManualClock();
    const client = clientAt(server, { clock });
    const [ours, another] = [
      await client.place({ caller: "e0", callee: STAYS }),
      await client.place({ caller: "e0", callee: STAYS }),
    ];
    const lost = another.outcome({ giveUpAfterMs: 2_000 });
    const stop = new AbortController();
    void lost.then(() => stop.abort());
    const changes = await passUntil(clock, changesOf(ours, { signal: stop.signal }));
    expect(states(changes)).toEqual(["accepted", "connected"]);
    await server.close();
  });

  it("of two entries of one call the newer one counts, which sipgate lists first", async () => {
    const items = [
      { callId: OURS, callStatus: "SUCCESS", duration: 60 },
      { callId: OURS, callStatus: "FAILURE" },
    ];
    const changes = await told([NOTHING], ok({ items }), 2);
    expect(changes.at(-1)?.end).toMatchObject({ cause: "completed", durationSeconds: 60 });
  });

  it("a list that lacks the call for a second is no end if the history can't be read", async () => {
    let look = 0;
    const stop = new AbortController();
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.includes("/history")) return { status: 403 };
      look += 1;
      if (look === 6) stop.abort();
      return look === 2 || look === 3 ? NOTHING : running(true, false);
    });
    const changes = await followedAt(server, { signal: stop.signal });
    expect(states(changes)).toEqual(["accepted", "connected"]);
    await server.close();
  });

  it("the entry of a long call is found far down the history of a busy account", async () => {
    const others = Array.from({ length: 300 }, (_, index) => ({
      callId: `other ${index}`,
      status: "PICKUP",
    }));
    const entries = [...others, { callId: OURS, status: "PICKUP", callStatus: "SUCCESS", duration: 600 }];
    let look = 0;
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (!path.includes("/history")) return look++ === 0 ? running(true, false) : NOTHING;
      return ok({ items: entries.slice(0, Number(/limit=(\d+)/.exec(path)?.[1])) });
    });
    const clock = createManualClock();
    const call = await clientAt(server, { clock }).place({ caller: "e0", callee: STAYS });
    const outcome = await passUntil(clock, call.outcome());
    await server.close();
    expect(outcome).toMatchObject({ evidence: "history", end: { cause: "completed", durationSeconds: 600 } });
  });

  it("no look comes before the time that sipgate asks for, and nothing is claimed", async () => {
    const stop = new AbortController();
    const clock = createManualClock();
    const asked: number[] = [];
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.endsWith("/calls")) asked.push(clock.monotonicMs());
      if (asked.length === 2) stop.abort();
      return { status: 429, headers: { "retry-after": "20" } };
    });
    const call = await clientAt(server, { clock }).place({ caller: "e0", callee: STAYS });
    const changes = await passUntil(clock, changesOf(call, { signal: stop.signal }));
    await server.close();
    expect(states(changes)).toEqual(["accepted"]);
    const [first = 0, second = 0] = asked;
    expect(second - first).toBeGreaterThanOrEqual(20_000);
  });

  it.each([
    ["words that nobody knows", { callId: OURS, status: "QUANTUM", callStatus: "SUPERPOSED" }, "unknown"],
    ["no words at all", { callId: OURS }, "unknown"],
    [
      "the number of the callee under another id",
      { callId: "other", target: STAYS, status: "BUSY" },
      undefined,
    ],
  ])("a history with %s tells no cause", async (_, entry, cause) => {
    const changes = await told([NOTHING], ok({ items: [entry] }), 2);
    expect(changes.at(-1)?.end?.cause).toBe(cause);
  });
});
