// Every situation, for everything that a client does, on both platforms. `npm run check:faults` prints the table.
import { getEventListeners } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CallError, type Client, createClient } from "sipgate-call";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnsweringServer, answering } from "../answers.js";
import { newFolder, sipgateCall } from "../terminal.js";
import { type Situation, situationsFor } from "./situations.js";
import { printTable, type Row } from "./table.js";

type Platform = "classic" | "neo";
const PLATFORMS: readonly Platform[] = ["classic", "neo"];
const REQUEST = { caller: "e0", callee: "+493023125005" }; // Answers after 1 s and hangs up 5 s later.
const ORDERS = { classic: "/sessions/calls", neo: "/calls" } as const;
const TIMEOUT = 3_000; // Milliseconds: long for a busy machine, short for rows that wait for it in vain.

let elsewhere: AnsweringServer;
let situations: readonly Situation[];
const rows: Row[] = [];

beforeAll(async () => {
  elsewhere = await answering({ status: 200, body: '{"sessionId":"elsewhere"}' });
  situations = situationsFor(elsewhere.baseUrl);
});

afterAll(async () => {
  expect(elsewhere.requests).toEqual([]); // Nobody followed a redirect with credentials.
  await elsewhere.close();
  const names = situations.map(({ name }) => name);
  rows.sort((a, b) => names.indexOf(a.situation) - names.indexOf(b.situation));
  if (process.env.FAULT_TABLE !== undefined) process.stdout.write(printTable(rows));
});

interface Scene {
  readonly sandbox: Sandbox;
  readonly client: Client;
  readonly baseUrl: string;
}

async function inSandbox<T>(
  platform: Platform,
  { endpoint }: Situation,
  use: (scene: Scene) => Promise<T>,
): Promise<T> {
  const sandbox = await createSandbox({ clock: "manual" }); // By months another time than ours.
  try {
    const { tokenId, token } = sandbox[platform];
    const baseUrl = endpoint === undefined ? sandbox.baseUrl : await sandbox.endpoint(endpoint);
    const client = createClient({ credentials: { tokenId, token }, baseUrl, platform, timeoutMs: TIMEOUT });
    return await use({ sandbox, client, baseUrl });
  } finally {
    await sandbox.close();
  }
}

const ordersIn = ({ requests }: Sandbox) =>
  requests.filter(({ method, path }) => method === "POST" && /\/v2\/(?:sessions\/)?calls$/.test(path));

/** All situations at once: most of them wait. Every row that isn't as it should be is named. */
async function forAll(
  act: string,
  platform: Platform,
  atOnce: number,
  check: (situation: Situation) => Promise<Omit<Row, "act" | "platform" | "situation">>,
  which: (situation: Situation) => boolean = () => true,
): Promise<void> {
  const wrong: string[] = [];
  const left = situations.filter(which);
  const work = async () => {
    for (let situation = left.shift(); situation !== undefined; situation = left.shift()) {
      try {
        rows.push({ act, platform, situation: situation.name, ...(await check(situation)) });
      } catch (error) {
        wrong.push(`${situation.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  expect(wrong).toEqual([]);
}

describe.each(PLATFORMS)("on %s", (platform) => {
  it("placing: never more than one call, and what's told is true", async () => {
    await forAll("place", platform, 12, (situation) =>
      inSandbox(platform, situation, async ({ sandbox, client }) => {
        if (situation.fault)
          sandbox.faults.add({ ...situation.fault, method: "POST", path: ORDERS[platform] });
        const giveUp = new AbortController();
        const outcome = await client.place(REQUEST, { searchForMs: 0, signal: giveUp.signal }).then(
          () => ({ code: "ok", placed: "yes" }),
          (error: unknown) => error,
        );
        expect(outcome).toMatchObject({ code: situation.code, placed: situation.placed });
        expect(sandbox.calls).toHaveLength(situation.calls);
        expect(ordersIn(sandbox)).toHaveLength(situation.endpoint === undefined ? 1 : 0);
        expect(getEventListeners(giveUp.signal, "abort")).toEqual([]);
        const message = outcome instanceof CallError ? outcome.message : "";
        return { told: situation.code, placed: situation.placed, calls: sandbox.calls.length, message };
      }),
    );
  }, 120_000);

  it("following: three looks fail in a row, and the end is known all the same", async () => {
    await forAll(
      "follow",
      platform,
      20,
      (situation) =>
        inSandbox(platform, situation, async ({ sandbox, client }) => {
          const call = await client.place(REQUEST);
          await sandbox.clock.advance(5_000);
          const fault = sandbox.faults.add({ how: "reset", ...situation.fault, method: "GET", times: 3 });
          const outcome = call.outcome();
          // What nobody may read counts as hidden at once; everything else passes.
          const isHidden = situation.code === "forbidden";
          await expect.poll(() => fault.hits, { timeout: 30_000 }).toBe(isHidden ? 2 : 3);
          await sandbox.clock.advance(60_000);
          const expected = isHidden ? "unknown" : "ended";
          const { state, end } = await outcome;
          expect(state).toBe(expected);
          if (expected === "ended") expect(end?.cause).toBe("completed");
          expect(ordersIn(sandbox)).toHaveLength(1);
          return { told: end?.cause ?? state, placed: "yes", calls: sandbox.calls.length, message: "" };
        }),
      ({ endpoint }) => endpoint === undefined,
    );
  }, 240_000);

  it("control: sent once, and told what became of it", async () => {
    await forAll("control", platform, 12, (situation) =>
      inSandbox(platform, situation, async ({ sandbox, client, baseUrl }) => {
        const { tokenId, token } = sandbox[platform];
        const credentials = { tokenId, token };
        const placer = createClient({ credentials, baseUrl: sandbox.baseUrl, platform });
        const call = await placer.place(REQUEST);
        await sandbox.clock.advance(5_000);
        if (situation.fault) sandbox.faults.add({ ...situation.fault, method: "PUT" });
        const outcome = await client
          .call(call.callId)
          .hold()
          .then(
            () => ({ code: "ok" }),
            (error: unknown) => error,
          );
        const code = situation.command ?? situation.code;
        expect(outcome).toMatchObject(code === "ok" ? { code } : { code, placed: "no" });
        const sent = sandbox.requests.filter(({ method }) => method === "PUT");
        expect(sent).toHaveLength(baseUrl === sandbox.baseUrl ? 1 : 0);
        expect(sandbox.calls).toHaveLength(1);
        const message = outcome instanceof CallError ? outcome.message : "";
        return { told: code, placed: "no", calls: 1, message };
      }),
    );
  }, 120_000);

  it("looking beforehand: every request fails, it ends, and no doubt is called a certainty", async () => {
    await forAll("preflight", platform, 12, (situation) =>
      inSandbox(platform, situation, async ({ sandbox, client }) => {
        if (situation.fault) sandbox.faults.add({ ...situation.fault, method: "GET", times: 1_000 });
        const { checks, blocked } = await client.preflight(REQUEST);
        const failed = checks.filter(({ result }) => result === "failed").map(({ name }) => name);
        expect(failed).toEqual(situation.code === "unauthorized" ? ["credentials"] : []);
        expect(sandbox.calls).toHaveLength(0);
        const unchecked = checks.filter(({ result }) => result === "unchecked").length;
        const told = blocked ? "blocked" : `${unchecked} of ${checks.length} unchecked`;
        return { told, placed: "no", calls: 0, message: "" };
      }),
    );
  }, 240_000);

  it("the command line: exit code, and it ends by itself", async () => {
    const EXITS: Readonly<Record<string, number>> = {
      ok: 0,
      network: 7,
      unauthorized: 4,
      forbidden: 4,
      "rate-limited": 6,
    };
    const folder = newFolder();
    await forAll("dial", platform, 4, (situation) =>
      inSandbox(platform, situation, async ({ sandbox, baseUrl }) => {
        const authority = join(folder, "authority.pem");
        writeFileSync(authority, sandbox.certificateAuthority);
        if (situation.fault)
          sandbox.faults.add({ ...situation.fault, method: "POST", path: ORDERS[platform] });
        const args = `${REQUEST.callee} --caller e0 --no-preflight --no-follow --search-for 0 --timeout 3 --json`;
        const { code, out, err } = await sipgateCall([...args.split(" "), "--platform", platform], {
          env: {
            SIPGATE_TOKEN_ID: sandbox[platform].tokenId,
            SIPGATE_TOKEN: sandbox[platform].token,
            SIPGATE_BASE_URL: baseUrl,
            NODE_EXTRA_CA_CERTS: authority,
          },
        });
        expect(code).toBe(situation.placed === "unknown" ? 8 : EXITS[situation.code]);
        expect(sandbox.calls).toHaveLength(situation.calls);
        if (situation.code === "ok") expect(JSON.parse(out).callId).toBe(sandbox.calls[0]?.id);
        else expect(JSON.parse(err).error).toMatchObject({ code: situation.code, placed: situation.placed });
        return { told: `exit ${code}`, placed: situation.placed, calls: sandbox.calls.length, message: "" };
      }),
    );
  }, 240_000);
});

it.each(PLATFORMS)("on %s a kept connection that was closed meanwhile loses no order", async (platform) => {
  await inSandbox(platform, { name: "", ...NOTHING }, async ({ sandbox, client }) => {
    sandbox.faults.add({ how: "close-afterwards", method: "GET", times: 100 });
    await client.balance();
    await client.place(REQUEST); // A kept one that was closed a moment ago can't be told from one that stands.
    expect(sandbox.calls).toHaveLength(1);
    expect(ordersIn(sandbox)).toHaveLength(1);
  });
});

const NOTHING = { code: "ok", placed: "yes", calls: 1 } as const;
