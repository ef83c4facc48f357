// What is told of a call if the list of running calls, the history and pushed events contradict each other.
import { generateKeyPairSync, sign } from "node:crypto";
import type { CallChange } from "sipgate-call";
import { createManualClock } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Answer, answering } from "./answers.js";
import { changesOf, clientAt, inWords, passUntil } from "./support.js";

const { privateKey, publicKey: keyObject } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const publicKey = keyObject.export({ type: "spki", format: "pem" }).toString();

const CALLEE = "493023125000";
const NEW_CALL = { event: "newCall" };
const ANSWERED = { event: "answer", answeringNumber: CALLEE };
const CANCELED = { event: "hangup", cause: "cancel" };

type Event = Readonly<Record<string, string>>;

/** What there is to see of the call from a moment on, in seconds after it was placed. */
interface Scene {
  readonly from: number;
  /** The participants in the list of running calls; undefined: it isn't listed. */
  readonly listed?: readonly ("caller" | "callee" | "somebody")[];
  /** What the history says: `callStatus`, and the duration. */
  readonly record?: readonly [string, number?];
  readonly pushed?: Event;
}

interface Scenes {
  readonly scenes: readonly Scene[];
  /** Whether the token lacks rtcm:read: then the list can't be read. Default: false. */
  readonly hidesCalls?: boolean;
  /** Whether the token lacks history:read. Default: false. */
  readonly hidesHistory?: boolean;
}

const json = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value) });

/** Follows a call of which one scene after the other is to be seen. */
async function followed({ scenes, hidesCalls, hidesHistory }: Scenes): Promise<CallChange[]> {
  const clock = createManualClock();
  const placedAt = clock.monotonicMs();
  const scene = () => scenes.findLast(({ from }) => clock.monotonicMs() - placedAt >= from * 1000);
  const server = await answering((path) => {
    if (path === "/v2/sessions/calls") return json({ sessionId: "ours" });
    if (path === "/v2/calls") {
      if (hidesCalls) return { status: 403, body: "" };
      const participants = scene()?.listed?.map((who) => ({ owner: who === "caller" }));
      return json({ data: participants === undefined ? [] : [{ callId: "ours", participants }] });
    }
    if (hidesHistory) return { status: 403, body: "" };
    const [callStatus, duration] = scene()?.record ?? [];
    const entry = { callId: "ours", callStatus, duration };
    return json({ items: callStatus === undefined ? [] : [entry] });
  });
  onTestFinished(() => server.close());
  const client = clientAt(server, { clock });
  const pushes = await client.createPushHandler({ url: "https://example.com/sipgate", publicKey });
  const call = await client.place({ caller: "e0", callee: `+${CALLEE}` });
  for (const { from, pushed } of scenes)
    if (pushed !== undefined) clock.after(from * 1000, () => clock.busyUntil(pushes.handle(eventOf(pushed))));
  // The history is read as long as one of the calls that are followed isn't listed: this one never is.
  const other = client.call("other").follow();
  const stopped = other.next();
  const changes = await passUntil(clock, changesOf(call));
  await Promise.all([other.return(), stopped]);
  return changes;
}

function eventOf(fields: Event) {
  const numbers = { direction: "out", from: "496990009000", to: CALLEE };
  const body = new URLSearchParams({ ...numbers, callId: "ours", ...fields }).toString();
  const signature = sign("RSA-SHA256", Buffer.from(body), privateKey).toString("base64");
  return { headers: { "x-sipgate-signature": signature }, body };
}

const lastOf = (changes: readonly CallChange[]) => changes.at(-1)?.end;

describe("a pushed cancel without an answer", () => {
  it("is told as completed if the history then says so, without rtcm:read", async () => {
    const changes = await followed({
      hidesCalls: true,
      scenes: [
        { from: 1, pushed: NEW_CALL },
        { from: 20, pushed: CANCELED },
        { from: 25, record: ["SUCCESS", 12] },
      ],
    });
    expect(changes.at(-1)).toMatchObject({ state: "ended", evidence: "history" });
    expect(lastOf(changes)).toMatchObject({ cause: "completed", party: undefined, durationSeconds: 12 });
  });

  it("names no party if the history stays silent, either", async () => {
    const changes = await followed({ scenes: [{ from: 1, pushed: CANCELED }] });
    expect(changes.at(-1)).toMatchObject({ state: "ended", evidence: "push" });
    expect(lastOf(changes)).toEqual({
      cause: "canceled",
      party: undefined,
      durationSeconds: undefined,
      raw: "cancel",
    });
  });

  it("as well as a word that isn't known yet waits for the history", async () => {
    const changes = await followed({
      scenes: [
        { from: 1, pushed: { event: "hangup", cause: "somethingNew" } },
        { from: 8, record: ["BUSY"] },
      ],
    });
    expect(inWords(changes).at(-1)).toBe("ended: busy (history)");
  });
});

describe("if the event of the end is lost", () => {
  const secondsBetween = ([first, second]: readonly CallChange[]) =>
    ((second?.at.getTime() ?? 0) - (first?.at.getTime() ?? 0)) / 1000;

  it("the history tells of it at once when the call is no longer listed", async () => {
    const changes = await followed({
      scenes: [
        { from: 1, pushed: NEW_CALL },
        { from: 5, listed: ["caller"] },
        { from: 30 },
        { from: 33, record: ["MISSED"] },
      ],
    });
    expect(inWords(changes).slice(-2)).toEqual(["caller-answered (poll)", "ended: no-answer (history)"]);
  });

  it("the history tells of it at once, too, if both talked and the call was never listed", async () => {
    const changes = await followed({
      scenes: [
        { from: 1, pushed: NEW_CALL },
        { from: 8, pushed: ANSWERED },
        { from: 30, record: ["SUCCESS", 20] },
      ],
    });
    expect(inWords(changes).slice(-2)).toEqual(["connected (push)", "ended: completed (history)"]);
    expect(secondsBetween(changes.slice(-2))).toBeLessThan(30);
  });
});

it("Following ends at once if neither the running calls nor the history can be read", async () => {
  const changes = await followed({ hidesCalls: true, hidesHistory: true, scenes: [{ from: 0 }] });
  expect(inWords(changes)).toEqual(["accepted (response)", "unknown (timer)"]);
  expect((changes[1]?.at.getTime() ?? 0) - (changes[0]?.at.getTime() ?? 0)).toBeLessThan(5_000);
});

describe("after both parties were seen to talk", () => {
  it("a pushed word that isn't known yet waits for the history", async () => {
    const changes = await followed({
      scenes: [
        { from: 3, listed: ["caller", "callee"] },
        { from: 20, pushed: { event: "hangup", cause: "somethingNew" } },
        { from: 24, record: ["SUCCESS", 17] },
      ],
    });
    expect(inWords(changes).at(-1)).toBe("ended: completed (history)");
    expect(lastOf(changes)).toMatchObject({ durationSeconds: 17 });
  });

  it.each(["MISSED", "FAILURE", "BUSY", "REJECTED"])(
    "the call is completed, although the history says %s",
    async (word) => {
      const changes = await followed({
        scenes: [{ from: 3, listed: ["caller", "callee"] }, { from: 20 }, { from: 22, record: [word, 0] }],
      });
      expect(inWords(changes)).toEqual([
        "accepted (response)",
        "connected (poll)",
        "ended: completed (history)",
      ]);
      expect(lastOf(changes)).toMatchObject({ party: undefined, durationSeconds: undefined, raw: word });
    },
  );

  it.each(["busy", "congestion", "notFound", "cancel", "noAnswer"])(
    "the call is completed, although %s was pushed",
    async (cause) => {
      const changes = await followed({
        scenes: [
          { from: 3, listed: ["caller", "callee"] },
          { from: 20, pushed: { event: "hangup", cause } },
        ],
      });
      expect(lastOf(changes)).toMatchObject({ cause: "completed", raw: cause });
    },
  );

  it("a call that was forwarded stays forwarded", async () => {
    const changes = await followed({
      scenes: [
        { from: 3, listed: ["caller", "callee"] },
        { from: 20, record: ["VOICEMAIL_NO_MESSAGE"] },
      ],
    });
    expect(inWords(changes).at(-1)).toBe("ended: forwarded (history)");
  });
});

describe("an early entry of the history isn't taken for the end", () => {
  it.each([[["caller"]], [["somebody"]]] as const)("of a call that is listed with %j", async (listed) => {
    const changes = await followed({
      scenes: [
        { from: 2, listed, record: ["MISSED"] },
        { from: 15, listed: ["caller", "callee"], record: ["MISSED"] },
        { from: 40, record: ["SUCCESS", 25] },
      ],
    });
    expect(inWords(changes)).toEqual([
      "accepted (response)",
      ...(listed[0] === "caller" ? ["caller-answered (poll)"] : []),
      "connected (poll)",
      "ended: completed (history)",
    ]);
    expect(lastOf(changes)?.durationSeconds).toBe(25);
  });

  it("of a call that rings, as an event said", async () => {
    const changes = await followed({
      scenes: [
        { from: 1, pushed: NEW_CALL },
        { from: 2, record: ["MISSED"] },
        { from: 45, listed: ["caller", "callee"], record: ["MISSED"] },
        { from: 60, record: ["SUCCESS", 15] },
      ],
    });
    expect(inWords(changes)).toEqual([
      "accepted (response)",
      "caller-ringing (push)",
      "connected (poll)",
      "ended: completed (history)",
    ]);
  });

  it("of a call that was answered, as an event said, if the list can't be read", async () => {
    const changes = await followed({
      hidesCalls: true,
      scenes: [
        { from: 1, pushed: ANSWERED },
        { from: 2, record: ["MISSED"] },
        { from: 45, record: ["MISSED"], pushed: { event: "hangup", cause: "normalClearing" } },
      ],
    });
    expect(changes.at(-1)).toMatchObject({ evidence: "push", end: { durationSeconds: 44 } });
  });

  it("but is after two minutes, if the event of the end was lost", async () => {
    const changes = await followed({
      scenes: [
        { from: 1, pushed: NEW_CALL },
        { from: 20, record: ["BUSY"] },
      ],
    });
    expect(inWords(changes).at(-1)).toBe("ended: busy (history)");
    const [placed, ended] = [changes[0], changes.at(-1)].map((change) => Number(change?.at));
    expect(Number(ended) - Number(placed)).toBeGreaterThan(120_000);
    expect(Number(ended) - Number(placed)).toBeLessThan(130_000);
  });
});
