// Every outcome that the sandbox has, as a follower reports it: a row for each, and a check that none is missing.
// The sandbox knows the truth; what may be told is what sipgate's words support.
import { type CallChange, createClient, type EndCause } from "sipgate-call";
import { type CallSnapshot, callees, callers, createSandbox, type Platform } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";

const UNTIL_HUNG_UP = "+493023125001";

interface Row {
  /** What really happens. */
  readonly truth: EndCause;
  /** What the history's words support. */
  readonly polled: EndCause;
}

const same = (cause: EndCause): Row => ({ truth: cause, polled: cause });
// The history says FAILURE of all of these, and no more.
const failure = (truth: EndCause): Row => ({ truth, polled: "unreachable" });

const CALLED: Readonly<Record<string, Row>> = {
  "+493023125000": same("completed"),
  [UNTIL_HUNG_UP]: same("completed"),
  "+493023125005": same("completed"),
  "+493023125302": same("forwarded"),
  "+493023125402": failure("insufficient-funds"),
  "+493023125403": failure("blocked"),
  "+493023125404": failure("not-found"),
  "+493023125408": same("no-answer"),
  "+493023125480": same("unreachable"),
  "+493023125486": same("busy"),
  "+493023125487": { truth: "canceled", polled: "no-answer" }, // MISSED, whoever gave up.
  "+493023125503": same("unreachable"),
  "+493023125603": same("rejected"),
};

const COMPLETES = same("completed");
const CALLING: Readonly<Record<Platform, Readonly<Record<string, Row>>>> = {
  classic: {
    e0: COMPLETES,
    e1: same("unreachable"),
    e2: same("rejected"),
    e3: same("no-answer"),
    e4: same("rejected"),
    e5: same("busy"),
    x0: COMPLETES,
    y0: COMPLETES,
    p0: COMPLETES,
  },
  neo: {
    e0: COMPLETES,
    e1: same("unreachable"),
    e2: same("rejected"),
    e3: same("no-answer"),
    e4: same("rejected"),
    e5: same("busy"),
    a0: COMPLETES,
    a1: same("unreachable"), // Accepted, and never rings.
  },
};

/** Callers that no call comes of: another user's, and a device that neo refuses. */
const REFUSED: Readonly<Record<Platform, readonly string[]>> = { classic: ["e9", "p1"], neo: ["e9", "y0"] };

it.each(["classic", "neo"] as const)("no outcome on %s is missing in the tables", (platform) => {
  expect(Object.keys(CALLED).sort()).toEqual(callees.map(({ number }) => number).sort());
  const here = callers.filter((caller) => caller.platform === platform).map(({ id }) => id);
  expect([...Object.keys(CALLING[platform]), ...REFUSED[platform]].sort()).toEqual(here.sort());
});

interface Told {
  readonly changes: readonly CallChange[];
  /** What the sandbox knows of it. */
  readonly really: CallSnapshot | undefined;
}

/** Follows a call to its end, letting time pass as it goes. */
async function followed(platform: Platform, caller: string, callee: string): Promise<Told> {
  const sandbox = await createSandbox({ clock: "manual" });
  const { tokenId, token } = sandbox[platform];
  const client = createClient({ credentials: { tokenId, token }, baseUrl: sandbox.baseUrl, platform });
  const call = await client.place({ caller, callee });
  const changes: CallChange[] = [];
  for await (const change of call.follow()) {
    changes.push(change);
    const talk = () => sandbox.calls[0]?.state === "connected";
    if (change.state === "accepted") await sandbox.clock.advance(9_000); // Whoever answers has answered.
    if (change.state === "accepted" && !talk()) await sandbox.clock.advance(111_000);
    if (change.state === "connected") {
      if (callee === UNTIL_HUNG_UP) await call.hangUp();
      await sandbox.clock.advance(60_000);
    }
  }
  const [really] = sandbox.calls;
  await sandbox.close();
  return { changes, really };
}

function check({ changes, really }: Told, { truth, polled }: Row, callee: string): void {
  expect(really?.end?.cause).toBe(truth);
  const last = changes.at(-1);
  expect(last).toMatchObject({ state: "ended", evidence: "history", end: { cause: polled } });
  // sipgate's history names no party: only who hung up here is certain.
  expect(last?.end?.party).toBe(callee === UNTIL_HUNG_UP ? really?.end?.party : undefined);
  expect(last?.end?.raw).toEqual(expect.any(String));
  // The call was looked at while both talked, if they did; and no other state can be seen by looking.
  const talked = really?.states.some(({ state }) => state === "connected");
  expect(changes.map(({ state }) => state)).toEqual(
    talked ? ["accepted", "connected", "ended"] : ["accepted", "ended"],
  );
}

describe.concurrent.each(["classic", "neo"] as const)("by polling, on %s", (platform) => {
  it.each(Object.entries(CALLED))("to %s", async (callee, row) => {
    check(await followed(platform, "e0", callee), row, callee);
  });
  it.each(Object.entries(CALLING[platform]))("from %s", async (caller, row) => {
    const callee = "+493023125000";
    check(await followed(platform, caller, callee), row, callee);
  });
});
