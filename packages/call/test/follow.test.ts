import { type CallChange, createClient } from "sipgate-call";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

function clientOf(name: string) {
  const found = sandbox.accounts.find((account) => account.name === name);
  if (!found?.tokenId) throw new Error(`no account ${name}`);
  const platform = found.platform;
  return createClient({
    credentials: { tokenId: found.tokenId, token: found.token },
    baseUrl: sandbox.baseUrl,
    platform,
  });
}

/** Follows a call to its end; `onChange` may move the sandbox's clock. */
async function changesOf(
  account: string,
  callee: string,
  onChange: (change: CallChange) => unknown = () => sandbox.clock.advance(120_000),
  caller = "e0",
): Promise<CallChange[]> {
  const call = await clientOf(account).place({ caller, callee });
  const changes: CallChange[] = [];
  for await (const change of call.follow()) {
    changes.push(change);
    await onChange(change);
  }
  return changes;
}

const short = (changes: readonly CallChange[]) =>
  changes.map(({ state, evidence, end }) =>
    end === undefined ? `${state} (${evidence})` : `${state}: ${end.cause} (${evidence})`,
  );

describe.each(["classic", "neo"])("outcomes seen by polling, on %s", (account) => {
  it.each([
    ["+493023125000", "completed"],
    ["+493023125486", "busy"],
    ["+493023125603", "rejected"],
    ["+493023125408", "no-answer"],
    ["+493023125480", "unreachable"],
    ["+493023125503", "unreachable"],
    ["+493023125302", "forwarded"],
  ])("%s: %s", async (callee, cause) => {
    expect(short(await changesOf(account, callee))).toEqual([
      "accepted (response)",
      `ended: ${cause} (history)`,
    ]);
  });

  it.each([
    ["e1", "unreachable"],
    ["e2", "rejected"],
    ["e3", "no-answer"],
    ["e5", "busy"],
  ])("the caller's phone %s: %s", async (caller, cause) => {
    const changes = await changesOf(account, "+493023125000", undefined, caller);
    expect(short(changes)).toEqual(["accepted (response)", `ended: ${cause} (history)`]);
    // The history names no party, so none is claimed.
    expect(changes.at(-1)?.end?.party).toBeUndefined();
  });

  it("sees that both talk, and for how long they did", async () => {
    const changes = await changesOf(account, "+493023125000", ({ state }) =>
      sandbox.clock.advance(state === "accepted" ? 10_000 : 60_000),
    );
    expect(short(changes)).toEqual(["accepted (response)", "connected (poll)", "ended: completed (history)"]);
    expect(changes.at(-1)?.end).toMatchObject({ durationSeconds: 30, raw: expect.any(String) });
  });
});

describe("what can't be seen", () => {
  it("without rtcm:read, the end is known from the history, and the scope is named", async () => {
    const changes = await changesOf("classic-without-rtcm:read", "+493023125486");
    expect(short(changes)).toEqual(["accepted (response)", "ended: busy (history)"]);
    expect(changes.at(-1)?.notes.join()).toContain("rtcm:read");
  });

  it("without history:read, that it ended is known, but not why", async () => {
    const changes = await changesOf("classic-without-history:read", "+493023125000", ({ state }) =>
      sandbox.clock.advance(state === "accepted" ? 10_000 : 60_000),
    );
    expect(short(changes)).toEqual(["accepted (response)", "connected (poll)", "ended: unknown (poll)"]);
    expect(changes.at(-1)?.notes.join()).toContain("history:read");
  });
});

describe("nothing is claimed that isn't seen", () => {
  it("a call of somebody else's to the same number is another call", async () => {
    const client = clientOf("classic");
    const watched = await client.place({ caller: "e3", callee: "+493023125001" });
    const other = await client.place({ caller: "e0", callee: "+493023125001" });
    await sandbox.clock.advance(10_000);
    expect((await client.calls()).map(({ callId }) => callId)).toEqual([other.callId]);
    const changes: CallChange[] = [];
    for await (const change of watched.follow()) {
      changes.push(change);
      if (change.state === "accepted") await sandbox.clock.advance(60_000);
    }
    expect(short(changes)).toEqual(["accepted (response)", "ended: no-answer (history)"]);
  });

  it("silence isn't an end", async () => {
    const call = await clientOf("classic").place({ caller: "e3", callee: "+493023125000" });
    const changes: CallChange[] = [];
    for await (const change of call.follow({ giveUpAfterMs: 1_500 })) changes.push(change);
    expect(short(changes)).toEqual(["accepted (response)", "unknown (timer)"]);
  });
});

it("can be stopped, and the call goes on", async () => {
  const stop = new AbortController();
  const call = await clientOf("classic").place({ caller: "e0", callee: "+493023125001" });
  const states: string[] = [];
  for await (const { state } of call.follow({ signal: stop.signal })) {
    states.push(state);
    if (state === "accepted") await sandbox.clock.advance(10_000);
    if (state === "connected") stop.abort();
  }
  expect(states).toEqual(["accepted", "connected"]);
  expect(sandbox.calls[0]?.state).toBe("connected");
});

it("a thousand calls take no more requests than one", async () => {
  const client = clientOf("classic");
  const calls = await Promise.all(
    Array.from({ length: 1_000 }, () => client.place({ caller: "e0", callee: "+493023125001" })),
  );
  await sandbox.clock.advance(10_000);
  const before = sandbox.requests.length;
  await Promise.all(
    calls.map(async (call) => {
      for await (const { state } of call.follow()) if (state === "connected") return;
    }),
  );
  expect(sandbox.requests.length - before).toBeLessThan(10);
});

describe("lists that aren't the sandbox's", () => {
  let server: AnsweringServer;
  let looks: number[];
  afterEach(() => server.close());

  /** Follows one call to its end; `answers` is told how many looks there were before. */
  async function following(
    answers: (look: number) => { running: readonly string[]; ended: readonly string[] },
    giveUpAfterMs: number,
  ) {
    looks = [];
    const json = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
    server = await answering((path) => {
      if (path === "/v2/sessions/calls") return json({ sessionId: "ours" });
      if (path === "/v2/calls") looks.push(performance.now());
      const { running, ended } = answers(looks.length - 1);
      const participants = [{ owner: true }, { owner: false }];
      return path === "/v2/calls"
        ? json({ data: running.map((callId) => ({ callId, participants })) })
        : json({ items: ended.map((callId) => ({ callId, status: "OUTGOING", callStatus: "SUCCESS" })) });
    });
    const { baseUrl } = server;
    const client = createClient({ credentials: { accessToken: "x" }, baseUrl, platform: "classic" });
    const call = await client.place({ caller: "e0", callee: "+493023125000" });
    const changes: CallChange[] = [];
    for await (const change of call.follow({ giveUpAfterMs })) changes.push(change);
    return short(changes);
  }

  it("a long one is read less often", async () => {
    const others = Array.from({ length: 2_000 }, (_, index) => `other-${index}`);
    const changes = await following(
      (look) => (look === 0 ? { running: [...others, "ours"], ended: [] } : { running: [], ended: ["ours"] }),
      60_000,
    );
    expect(changes).toEqual(["accepted (response)", "connected (poll)", "ended: completed (history)"]);
    const [first = 0, second = 0] = looks;
    expect(second - first).toBeGreaterThanOrEqual(4_000);
  });

  it("patience is counted from when the call was last seen", async () => {
    const changes = await following(
      (look) => ({ running: look < 4 ? ["ours"] : [], ended: look > 4 ? ["ours"] : [] }),
      2_500,
    );
    expect(changes).toEqual(["accepted (response)", "connected (poll)", "ended: completed (history)"]);
  });
});

it("calls that are followed one after the other take no more requests than one", async () => {
  const client = clientOf("classic");
  const calls = await Promise.all(
    Array.from({ length: 100 }, () => client.place({ caller: "e0", callee: "+493023125001" })),
  );
  const before = sandbox.requests.length;
  const stop = new AbortController();
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const following: Promise<unknown>[] = [];
  const begun = Date.now();
  for (const call of calls) {
    following.push(call.outcome({ signal: stop.signal }).catch(() => {}));
    await new Promise(setImmediate);
  }
  await expect.poll(() => sandbox.requests.length - before, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  const seconds = (Date.now() - begun) / 1000;
  // A look at most each half second, of two requests.
  expect(sandbox.requests.length - before).toBeLessThanOrEqual(2 * (2 * seconds + 2));
  stop.abort();
  await Promise.all(following);
  process.off("warning", listen);
  expect(warnings).toEqual([]); // One signal for all is no leak.
});

it("ends at once when whoever reads the changes returns, also while waiting for the next", async () => {
  const call = await clientOf("classic").place({ caller: "e3", callee: "+493023125001" });
  const changes = call.follow();
  await changes.next();
  const next = changes.next();
  await changes.return();
  expect(await next).toEqual({ value: undefined, done: true });
});

it.each([{ giveUpAfterMs: 0 }, { giveUpAfterMs: Number.NaN }, { giveUpAfterMs: "5s" }, { signal: {} }, null])(
  "refuses options that can't be used: %j",
  async (options) => {
    const call = await clientOf("classic").place({ caller: "e0", callee: "+493023125001" });
    const changes = call.follow(options as unknown as Parameters<typeof call.follow>[0]);
    await expect(changes.next()).rejects.toMatchObject({ code: "invalid-request", placed: "no" });
  },
);
