// Every outcome that the sandbox has, as a follower reports it: a row for each, and a check that none is missing.
// The sandbox knows the truth; what may be told is what sipgate's words support.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallChange, Client, EndCause, PushHandler } from "sipgate-call";
import { type CallSnapshot, callees, callers, type Platform } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { clientOf, strictSandbox } from "./support.js";

const UNTIL_HUNG_UP = ["+493023125001", "+493023125002"];

interface Row {
  /** What really happens. */
  readonly truth: EndCause;
  /** What the history's words support. */
  readonly polled: EndCause;
  /** What the pushed words support. */
  readonly pushed: EndCause;
}

const same = (cause: EndCause): Row => ({ truth: cause, polled: cause, pushed: cause });
// The history says FAILURE of all of these, and no more; the pushed word is `congestion` or, of a number that doesn't
// exist and of a phone that's offline alike, `notFound`.
const failure = (truth: EndCause, pushed: EndCause): Row => ({ truth, polled: "unreachable", pushed });
const OFFLINE = failure("unreachable", "not-found");

const CALLED: Readonly<Record<string, Row>> = {
  "+493023125000": same("completed"),
  "+493023125001": same("completed"),
  "+493023125002": same("completed"),
  "+493023125005": same("completed"),
  "+493023125302": same("forwarded"),
  "+493023125402": failure("insufficient-funds", "unreachable"),
  "+493023125403": failure("blocked", "unreachable"),
  "+493023125404": failure("not-found", "not-found"),
  "+493023125408": same("no-answer"),
  "+493023125480": OFFLINE,
  "+493023125486": same("busy"),
  "+493023125487": { truth: "canceled", polled: "no-answer", pushed: "no-answer" }, // MISSED, whichever side gave up.
  "+493023125503": same("unreachable"),
  "+493023125603": same("rejected"),
};

const COMPLETES = same("completed");
const CALLING: Readonly<Record<Platform, Readonly<Record<string, Row>>>> = {
  classic: {
    e0: COMPLETES,
    e1: OFFLINE,
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
    e1: OFFLINE,
    e2: same("rejected"),
    e3: same("no-answer"),
    e4: same("rejected"),
    e5: same("busy"),
    a0: COMPLETES,
    a1: OFFLINE, // Accepted, and never rings.
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

/** Follows a call to its end, and lets every event be delivered when it's sent. */
async function followed(
  platform: Platform,
  caller: string,
  callee: string,
  listener?: Listener,
): Promise<Told> {
  const sandbox = await strictSandbox({ clock: "manual", ...(listener ? { pushUrl: listener.url } : {}) });
  const client = clientOf(sandbox, platform);
  await listener?.attach(client, await sandbox.pushPublicKey());
  const call = await client.place({ caller, callee });
  const changes: CallChange[] = [];
  let isOver = false;
  const following = async () => {
    for await (const change of call.follow()) {
      changes.push(change);
      if (change.state === "connected" && UNTIL_HUNG_UP.includes(callee)) await call.hangUp();
    }
    isOver = true;
  };
  const done = following();
  while (!isOver) {
    await sandbox.clock.advance(500);
    await sandbox.pushed();
  }
  await done;
  const [really] = sandbox.calls;
  await sandbox.close();
  return { changes, really };
}

function checkPolled({ changes, really }: Told, { truth, polled }: Row, callee: string): void {
  expect(really?.end?.cause).toBe(truth);
  const last = changes.at(-1);
  expect(last).toMatchObject({ state: "ended", evidence: "history", end: { cause: polled } });
  // sipgate's history names no party: only who hung up here is certain.
  expect(last?.end?.party).toBe(UNTIL_HUNG_UP.includes(callee) ? really?.end?.party : undefined);
  expect(last?.end?.raw).toEqual(expect.any(String));
  // The call was looked at while both talked, if they did; and no other state can be seen by looking.
  const talked = really?.states.some(({ state }) => state === "connected");
  expect(changes.map(({ state }) => state)).toEqual(
    talked ? ["accepted", "connected", "ended"] : ["accepted", "ended"],
  );
}

describe.concurrent.each(["classic", "neo"] as const)("by polling, on %s", (platform) => {
  it.each(Object.entries(CALLED))("the outcome of a call to %s is true", async (callee, row) => {
    checkPolled(await followed(platform, "e0", callee), row, callee);
  });
  it.each(Object.entries(CALLING[platform]))("the outcome of a call from %s is true", async (caller, row) => {
    const callee = "+493023125000";
    checkPolled(await followed(platform, caller, callee), row, callee);
  });
});

interface Listener {
  readonly url: string;
  attach(client: Client, publicKey: string): Promise<void>;
  close(): void;
}

/** A web server of an application's, as docs/push.md shows it. */
async function listening(): Promise<Listener> {
  let pushes: PushHandler | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await pushes?.handle({ headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(answer?.status ?? 500, answer?.headers).end(answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    async attach(client, publicKey) {
      pushes = await client.createPushHandler({ url, publicKey });
    },
    close() {
      expect(pushes?.counts).toMatchObject({ forged: 0, replayed: 0, malformed: 0 });
      server.closeAllConnections();
      server.close();
    },
  };
}

/** `noAnswer` and `cancel` are words that only the history makes clear; on neo events name no leg, so a look tells who talks. */
function checkPushed({ changes, really }: Told, { truth, pushed }: Row, platform: Platform): void {
  expect(really?.end?.cause).toBe(truth);
  const last = changes.at(-1);
  const evidence = ["noAnswer", "cancel"].includes(really?.end?.raw ?? "") ? "history" : "push";
  expect(last).toMatchObject({ state: "ended", evidence, end: { cause: pushed } });
  // Only who hung up here is certain.
  expect(last?.end?.party).toBe(really?.end?.party === "client" ? "client" : undefined);
  const seen = changes.map(({ state, evidence: by }) => `${state} by ${by}`);
  const talked = really?.states.some(({ state }) => state === "connected");
  const [begun, ...later] = really?.states ?? [];
  const lasted = Number(later.at(-1)?.at) - Number(begun?.at);
  // A phone that rings is told of a second after the call has begun: see call-progress.ts.
  const rings = platform === "classic" && lasted > 1_500;
  if (rings) expect(later.map(({ state }) => state)).toContain("caller-ringing");
  const expected = [
    ...(rings ? ["caller-ringing by push"] : []),
    ...(talked ? [`connected by ${platform === "neo" ? "poll" : "push"}`] : []),
  ];
  expect(seen).toEqual(["accepted by response", ...expected, `ended by ${evidence}`]);
}

describe.concurrent.each(["classic", "neo"] as const)("by pushed events, on %s", (platform) => {
  it.each(Object.entries(CALLED))("the outcome of a call to %s is true", async (callee, row) => {
    const listener = await listening();
    checkPushed(await followed(platform, "e0", callee, listener), row, platform);
    listener.close();
  });
  it.each(Object.entries(CALLING[platform]))("the outcome of a call from %s is true", async (caller, row) => {
    const listener = await listening();
    checkPushed(await followed(platform, caller, "+493023125000", listener), row, platform);
    listener.close();
  });
});
