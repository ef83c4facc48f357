// Attempts to make the follower say what isn't so.
import { type Call, type CallChange, createClient } from "sipgate-call";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { type Answer, answering } from "./answers.js";

const STAYS = "+493023125001";
/** A test with a sandbox of its own, so that several can run at once. */
const inSandbox = (test: (sandbox: Sandbox) => Promise<void>) => async () => {
  const sandbox = await createSandbox({ clock: "manual" });
  await test(sandbox);
  await sandbox.close();
};

const clientOn = (sandbox: Sandbox, platform: "classic" | "neo") => {
  const { tokenId, token } = sandbox[platform];
  return createClient({ credentials: { tokenId, token }, baseUrl: sandbox.baseUrl, platform });
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

/** Waits until the list of running calls was read some more times. */
async function looks(sandbox: Sandbox, times: number): Promise<void> {
  const count = () =>
    sandbox.requests.filter(({ path, method }) => method === "GET" && path === "/v2/calls").length;
  const before = count();
  await expect.poll(count, { timeout: 15_000 }).toBeGreaterThanOrEqual(before + times);
}

describe.concurrent.each(["classic", "neo"] as const)("on %s", (platform) => {
  it(
    "a history that is late: gone isn't ended, and why isn't guessed",
    inSandbox(async (sandbox) => {
      const call = await clientOn(sandbox, platform).place({ caller: "e0", callee: STAYS });
      const { told, done } = watching(call);
      await sandbox.clock.advance(10_000);
      await expect.poll(() => told).toContain("connected (poll)");
      await call.hangUp(); // The history shows it only later.
      await looks(sandbox, 3);
      expect(told).toEqual(["accepted (response)", "connected (poll)"]);
      await sandbox.clock.advance(10_000);
      await done;
      expect(told.at(-1)).toBe("ended: completed (history)");
    }),
  );

  it(
    "two calls to the same callee: each has its own end",
    inSandbox(async (sandbox) => {
      const client = clientOn(sandbox, platform);
      const first = await client.place({ caller: "e0", callee: STAYS });
      const second = await client.place({ caller: "e0", callee: STAYS });
      const [one, other] = [watching(first), watching(second)];
      await sandbox.clock.advance(10_000);
      await expect.poll(() => other.told).toContain("connected (poll)");
      await first.hangUp();
      await sandbox.clock.advance(10_000);
      await one.done;
      await looks(sandbox, 2);
      expect(one.told.at(-1)).toBe("ended: completed (history)");
      expect(other.told).toEqual(["accepted (response)", "connected (poll)"]);
      await second.hangUp();
      await sandbox.clock.advance(10_000);
      await other.done;
    }),
  );

  it(
    "a call to the same callee that was busy before",
    inSandbox(async (sandbox) => {
      const client = clientOn(sandbox, platform);
      const earlier = await client.place({ caller: "e5", callee: STAYS });
      await sandbox.clock.advance(60_000);
      expect(await earlier.outcome()).toMatchObject({ end: { cause: "busy" } });
      const { told, done } = watching(await client.place({ caller: "e0", callee: STAYS }));
      await looks(sandbox, 2);
      expect(told).toEqual(["accepted (response)"]);
      await sandbox.clock.advance(10_000);
      await expect.poll(() => told).toContain("connected (poll)");
      await client.call((await client.calls())[0]?.callId ?? "").hangUp();
      await sandbox.clock.advance(10_000);
      await done;
    }),
  );

  it(
    "clocks that differ by months change nothing: none of sipgate's times is used",
    inSandbox(async (sandbox) => {
      expect(Math.abs(sandbox.clock.now().getTime() - Date.now())).toBeGreaterThan(30 * 24 * 3600 * 1000);
      const call = await clientOn(sandbox, platform).place({ caller: "e0", callee: "+493023125486" });
      const { told, done } = watching(call);
      await looks(sandbox, 2);
      expect(told).toEqual(["accepted (response)"]);
      await sandbox.clock.advance(60_000);
      await done;
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

  /** What is told of a call where each look at the running calls is answered in turn; the last stays. */
  async function told(lists: readonly Answer[], history: Answer, states: number): Promise<CallChange[]> {
    let look = 0;
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.includes("/history")) return history;
      return lists[Math.min(look++, lists.length - 1)] ?? NOTHING;
    });
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const call = await client.place({ caller: "e0", callee: STAYS });
    const changes: CallChange[] = [];
    for await (const change of call.follow({ giveUpAfterMs: 3_000 })) {
      changes.push(change);
      if (changes.length === states) break;
    }
    await server.close();
    return changes;
  }
  const states = (changes: readonly CallChange[]) => changes.map(({ state }) => state);

  it("only the other party is there: nothing is claimed", async () => {
    const changes = await told([running(false), running(false), running(true, false)], NOTHING, 2);
    expect(states(changes)).toEqual(["accepted", "connected"]);
  });

  it("only the caller is there: it has answered, and nobody else has", async () => {
    const changes = await told([running(true), running(true, false)], NOTHING, 3);
    expect(states(changes)).toEqual(["accepted", "caller-answered", "connected"]);
  });

  it("after the caller was seen to answer, busy is the callee's", async () => {
    const entry = { callId: OURS, status: "BUSY", callStatus: "BUSY" };
    let isOver = false;
    const changes: CallChange[] = [];
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.includes("/history")) return isOver ? ok({ items: [entry] }) : NOTHING;
      return isOver ? NOTHING : running(true);
    });
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    for await (const change of (await client.place({ caller: "e0", callee: STAYS })).follow()) {
      changes.push(change);
      isOver = change.state === "caller-answered";
    }
    await server.close();
    expect(changes.at(-1)?.end).toMatchObject({ cause: "busy", party: "callee" });
  });

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
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const changes: CallChange[] = [];
    const call = await client.place({ caller: "e0", callee: STAYS });
    for await (const change of call.follow({ signal: stop.signal })) changes.push(change);
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
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "neo" });
    const changes: CallChange[] = [];
    const call = await client.place({ caller: "e0", callee: STAYS });
    for await (const change of call.follow({ giveUpAfterMs: 2_000 })) changes.push(change);
    await server.close();
    return changes;
  }

  it.each([
    ["that it rings", { callId: OURS, status: "RINGING" }],
    ["that a call which came of it was busy", { callId: "other", origCallId: OURS, status: "BUSY" }],
  ])("a channel's event that says %s", async (_, event) => {
    const notRunning = ok({ callId: OURS, data: [] });
    expect(states(await toldOnNeo([event], notRunning))).toEqual(["accepted", "unknown"]);
  });

  it("an entry of the history while both talk", async () => {
    // A second call that isn't on the list makes the follower read the history.
    let placed = 0;
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: placed++ === 0 ? OURS : "another" });
      return path.includes("/history")
        ? ok({ items: [{ callId: OURS, status: "NOPICKUP" }] })
        : running(true, false);
    });
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const [ours, another] = [
      await client.place({ caller: "e0", callee: STAYS }),
      await client.place({ caller: "e0", callee: STAYS }),
    ];
    const lost = another.outcome({ giveUpAfterMs: 2_000 });
    const changes: CallChange[] = [];
    const stop = new AbortController();
    void lost.then(() => stop.abort());
    for await (const change of ours.follow({ signal: stop.signal })) changes.push(change);
    expect(states(changes)).toEqual(["accepted", "connected"]);
    await server.close();
  });

  it("two entries of one call: the newer one counts, which sipgate lists first", async () => {
    const items = [
      { callId: OURS, callStatus: "SUCCESS", duration: 60 },
      { callId: OURS, callStatus: "FAILURE" },
    ];
    const changes = await told([NOTHING], ok({ items }), 2);
    expect(changes.at(-1)?.end).toMatchObject({ cause: "completed", durationSeconds: 60 });
  });

  it("a list that lacks the call once, where the history can't be read", async () => {
    let look = 0;
    const stop = new AbortController();
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.includes("/history")) return { status: 403 };
      look += 1;
      if (look === 6) stop.abort();
      return look === 2 ? NOTHING : running(true, false);
    });
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const changes: CallChange[] = [];
    const call = await client.place({ caller: "e0", callee: STAYS });
    for await (const change of call.follow({ signal: stop.signal })) changes.push(change);
    expect(states(changes)).toEqual(["accepted", "connected"]);
    await server.close();
  });

  it("a long call of a busy account, whose entry stands far down the history", async () => {
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
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const outcome = await (await client.place({ caller: "e0", callee: STAYS })).outcome();
    await server.close();
    expect(outcome).toMatchObject({ evidence: "history", end: { cause: "completed", durationSeconds: 600 } });
  });

  it("sipgate wants to be left alone: no look comes before that, and nothing is claimed", async () => {
    const stop = new AbortController();
    const asked: number[] = [];
    const server = await answering((path) => {
      if (path.endsWith("/sessions/calls")) return ok({ sessionId: OURS });
      if (path.endsWith("/calls")) asked.push(Date.now());
      if (asked.length === 2) stop.abort();
      return { status: 429, headers: { "retry-after": "2" } };
    });
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const changes: CallChange[] = [];
    const call = await client.place({ caller: "e0", callee: STAYS });
    for await (const change of call.follow({ signal: stop.signal })) changes.push(change);
    await server.close();
    expect(states(changes)).toEqual(["accepted"]);
    const [first = 0, second = 0] = asked;
    expect(second - first).toBeGreaterThanOrEqual(2_000);
  });

  it.each([
    ["words that nobody knows", { callId: OURS, status: "QUANTUM", callStatus: "SUPERPOSED" }, "unknown"],
    ["no words at all", { callId: OURS }, "unknown"],
    [
      "the number of the callee under another id",
      { callId: "other", target: STAYS, status: "BUSY" },
      undefined,
    ],
  ])("a history with %s", async (_, entry, cause) => {
    const changes = await told([NOTHING], ok({ items: [entry] }), 2);
    expect(changes.at(-1)?.end?.cause).toBe(cause);
  });
});
