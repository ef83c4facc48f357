import { createManualClock, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";
import { changesOf, clientAt, clientOf, inWords, passUntil, strictSandbox } from "./support.js";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

/** Places a call and follows it to its end, once so much time has passed. */
async function followed(account: string, callee: string, unseenForMs = 120_000, caller = "e0") {
  const call = await clientOf(sandbox, account).place({ caller, callee });
  await sandbox.clock.advance(unseenForMs);
  return passUntil(sandbox.clock, changesOf(call));
}

describe.each(["classic", "neo"])("polling on %s", (account) => {
  it.each([
    ["+493023125000", "completed"],
    ["+493023125486", "busy"],
    ["+493023125603", "rejected"],
    ["+493023125408", "no-answer"],
    ["+493023125480", "unreachable"],
    ["+493023125503", "unreachable"],
    ["+493023125302", "forwarded"],
  ])("sees how a call to %s ends: %s", async (callee, cause) => {
    expect(inWords(await followed(account, callee))).toEqual([
      "accepted (response)",
      `ended: ${cause} (history)`,
    ]);
  });

  it.each([
    ["e1", "unreachable"],
    ["e2", "rejected"],
    ["e3", "no-answer"],
    ["e5", "busy"],
  ])("sees how a call from %s ends: %s", async (caller, cause) => {
    const changes = await followed(account, "+493023125000", 120_000, caller);
    expect(inWords(changes)).toEqual(["accepted (response)", `ended: ${cause} (history)`]);
    // The history names no party, so none is claimed.
    expect(changes.at(-1)?.end?.party).toBeUndefined();
  });

  it("sees that both talk, and for how long they did", async () => {
    const changes = await followed(account, "+493023125000", 0);
    expect(inWords(changes)).toEqual([
      "accepted (response)",
      "connected (poll)",
      "ended: completed (history)",
    ]);
    expect(changes.at(-1)?.end).toMatchObject({ durationSeconds: 30, raw: expect.any(String) });
  });
});

describe("a token with fewer scopes", () => {
  it("without rtcm:read still knows the end: it is known from the history, and the scope is named", async () => {
    const changes = await followed("classic-without-rtcm:read", "+493023125486");
    expect(inWords(changes)).toEqual(["accepted (response)", "ended: busy (history)"]);
    expect(changes.at(-1)?.notes.join()).toContain("rtcm:read");
  });

  it("without history:read knows that a call ended, but not why", async () => {
    const changes = await followed("classic-without-history:read", "+493023125000", 0);
    expect(inWords(changes)).toEqual(["accepted (response)", "connected (poll)", "ended: unknown (poll)"]);
    expect(changes.at(-1)?.notes.join()).toContain("history:read");
  });
});

describe("nothing is claimed that isn't seen", () => {
  it("a call of somebody else's to the same number is another call", async () => {
    const client = clientOf(sandbox);
    const watched = await client.place({ caller: "e3", callee: "+493023125001" });
    const other = await client.place({ caller: "e0", callee: "+493023125001" });
    await sandbox.clock.advance(10_000);
    expect((await client.calls()).map(({ callId }) => callId)).toEqual([other.callId]);
    const changes = await passUntil(sandbox.clock, changesOf(watched));
    expect(inWords(changes)).toEqual(["accepted (response)", "ended: no-answer (history)"]);
  });

  it("silence isn't an end", async () => {
    const call = await clientOf(sandbox).place({ caller: "e3", callee: "+493023125000" });
    const changes = await passUntil(sandbox.clock, changesOf(call, { giveUpAfterMs: 30_000 }));
    expect(inWords(changes)).toEqual(["accepted (response)", "unknown (timer)"]);
  });
});

it("following can be stopped, and the call goes on", async () => {
  const stop = new AbortController();
  const call = await clientOf(sandbox).place({ caller: "e0", callee: "+493023125001" });
  const states: string[] = [];
  const following = async () => {
    for await (const { state } of call.follow({ signal: stop.signal })) {
      states.push(state);
      if (state === "connected") stop.abort();
    }
  };
  await passUntil(sandbox.clock, following());
  expect(states).toEqual(["accepted", "connected"]);
  expect(sandbox.calls[0]?.state).toBe("connected");
});

describe("the list of running calls", () => {
  let server: AnsweringServer;
  let looks: number[];
  afterEach(() => server.close());

  /** Follows one call to its end; `answers` is told how many looks there were before. */
  async function following(
    answers: (look: number) => { running: readonly string[]; ended: readonly string[] },
    giveUpAfterMs: number,
  ) {
    looks = [];
    const clock = createManualClock();
    const json = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
    server = await answering((path) => {
      if (path === "/v2/sessions/calls") return json({ sessionId: "ours" });
      if (path === "/v2/calls") looks.push(clock.monotonicMs());
      const { running, ended } = answers(looks.length - 1);
      const participants = [{ owner: true }, { owner: false }];
      return path === "/v2/calls"
        ? json({ data: running.map((callId) => ({ callId, participants })) })
        : json({ items: ended.map((callId) => ({ callId, status: "OUTGOING", callStatus: "SUCCESS" })) });
    });
    const call = await clientAt(server, { clock }).place({ caller: "e0", callee: "+493023125000" });
    return inWords(await passUntil(clock, changesOf(call, { giveUpAfterMs })));
  }

  it("is read half a second after placing, then less and less often, at least every five seconds", async () => {
    await following(
      (look) => ({ running: look < 40 ? ["ours"] : [], ended: look < 40 ? [] : ["ours"] }),
      60_000,
    );
    const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    expect(gaps.slice(0, 3)).toEqual([625, 781.25, 976.5625]);
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(gaps.at(-1)).toBe(5_000);
  });

  it("is read less often if it's long", async () => {
    const others = Array.from({ length: 2_000 }, (_, index) => `other-${index}`);
    const changes = await following(
      (look) => (look === 0 ? { running: [...others, "ours"], ended: [] } : { running: [], ended: ["ours"] }),
      60_000,
    );
    expect(changes).toEqual(["accepted (response)", "connected (poll)", "ended: completed (history)"]);
    const [first = 0, second = 0] = looks;
    expect(second - first).toBeGreaterThanOrEqual(4_000);
  });

  it("is given up by the time since it last had the call", async () => {
    const changes = await following(
      (look) => ({ running: look < 4 ? ["ours"] : [], ended: look > 4 ? ["ours"] : [] }),
      2_500,
    );
    expect(changes).toEqual(["accepted (response)", "connected (poll)", "ended: completed (history)"]);
  });
});

it("calls that are followed one after the other take no more requests than one", async () => {
  const client = clientOf(sandbox);
  const calls = await Promise.all(
    Array.from({ length: 100 }, () => client.place({ caller: "e0", callee: "+493023125001" })),
  );
  const before = sandbox.requests.length;
  const stop = new AbortController();
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const following: Promise<unknown>[] = [];
  for (const call of calls) {
    following.push(call.outcome({ signal: stop.signal }).catch(() => {}));
    await new Promise(setImmediate);
  }
  await sandbox.clock.advance(10_000);
  const requests = sandbox.requests.length - before;
  expect(requests).toBeGreaterThanOrEqual(2);
  // A look at most each half second, of two requests.
  expect(requests).toBeLessThanOrEqual(2 * (2 * 10));
  stop.abort();
  await Promise.all(following);
  process.off("warning", listen);
  expect(warnings).toEqual([]); // One signal for all is no leak.
});

it("following ends at once when the reader of the changes returns, also while waiting for the next", async () => {
  const call = await clientOf(sandbox).place({ caller: "e3", callee: "+493023125001" });
  const changes = call.follow();
  await changes.next();
  const next = changes.next();
  await changes.return();
  expect(await next).toEqual({ value: undefined, done: true });
});

it.each([{ giveUpAfterMs: 0 }, { giveUpAfterMs: Number.NaN }, { giveUpAfterMs: "5s" }, { signal: {} }, null])(
  "following refuses options that can't be used: %j",
  async (options) => {
    const call = await clientOf(sandbox).place({ caller: "e0", callee: "+493023125001" });
    const changes = call.follow(options as unknown as Parameters<typeof call.follow>[0]);
    await expect(changes.next()).rejects.toMatchObject({ code: "invalid-request", placed: "no" });
  },
);
