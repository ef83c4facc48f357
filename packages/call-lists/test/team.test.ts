// A team at work, by the command line: tables are made once, several agents call one list, and an agent who pauses it pauses all.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createClient } from "sipgate-call";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../src/database/database.js";
import { emptyDatabase, startDatabases, type TestDatabases } from "./database.js";
import { agentNamed, contactStates, listOf, MORNING, SHOWN, setMoment } from "./lists.js";

const MAIN = fileURLToPath(new URL("../dist/main.cjs", import.meta.url));
const CLOCK = new URL("kills/fast-clock.mjs", import.meta.url).href;
/** sipgate and the database live so many times as fast. */
const SPEED = 5;
/** The agents' machines: on a busy one, what they wait for at most has to be enough. */
const AGENTS_SPEED = 2;

let databases: TestDatabases;
let database: Database;
let url: string;
let sandbox: Sandbox;
let passing: NodeJS.Timeout;
beforeAll(async () => {
  databases = await startDatabases();
  url = databases.newDatabase();
  database = databases.open(url);
  sandbox = await createSandbox({ clock: "manual" });
  const { baseUrl, classic: credentials } = sandbox;
  const callees = createClient({ credentials, baseUrl, platform: "classic" });
  passing = setInterval(() => {
    void sandbox.clock.advance(50 * SPEED);
    // A callee who has answered soon hangs up.
    for (const { id, state } of sandbox.calls)
      if (state === "connected")
        void callees
          .call(id)
          .hangUp()
          .catch(() => {});
  }, 50);
});
afterAll(async () => {
  clearInterval(passing);
  await sandbox.close();
  await databases.close();
});
beforeEach(async () => {
  await emptyDatabase(database);
  await setMoment(database, MORNING);
});

interface Given {
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed. */
  readonly typed?: string;
}

async function lists(words: readonly string[], { env = {}, typed = "" }: Given = {}) {
  const { baseUrl, classic } = sandbox;
  const child = spawn(process.execPath, ["--import", CLOCK, MAIN, ...words], {
    env: {
      PATH: process.env.PATH,
      TEST_SPEED: String(AGENTS_SPEED),
      SIPGATE_DATABASE_URL: url,
      SIPGATE_BASE_URL: baseUrl,
      SIPGATE_TOKEN_ID: classic.tokenId,
      SIPGATE_TOKEN: classic.token,
      SIPGATE_CALLER: "e0",
      ...env,
    },
  });
  child.stdin.on("error", () => {});
  child.stdin.end(typed);
  const ended = once(child, "exit");
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: (await ended)[0], out, err };
}

const objects = (out: string) =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Record<string, unknown> => JSON.parse(line));

const range = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ number: `+4969900090${String(10 + at)}` }));
const callsOf = (numbers: readonly { readonly number: string }[]) =>
  numbers.map(({ number }) => sandbox.calls.filter(({ callee }) => callee === number).length);

describe("init", () => {
  it("makes the tables only if it's told to, and only once", async () => {
    const env = { SIPGATE_DATABASE_URL: databases.newEmptyDatabase() };
    expect(await lists(["status"], { env })).toMatchObject({
      code: 3,
      err: expect.stringContaining("sipgate-call-lists init"),
    });
    expect(await lists(["init"], { env })).toMatchObject({ code: 6, out: "" });
    expect(await lists(["init"], { env, typed: "n\n" })).toMatchObject({ code: 6, out: "" });
    expect((await lists(["init"], { env, typed: "y\n" })).code).toBe(0);
    expect(objects((await lists(["init", "--json"], { env })).out)).toMatchObject([{ made: false }]);
    expect((await lists(["status"], { env })).code).toBe(0);
  });

  it("says which variable names the database; an application's own isn't read", async () => {
    const env = { SIPGATE_DATABASE_URL: "", DATABASE_URL: url };
    expect(await lists(["init", "--yes"], { env })).toMatchObject({
      code: 3,
      err: expect.stringContaining("SIPGATE_DATABASE_URL"),
    });
  });
});

describe("three agents at one list", () => {
  it("call each contact once, and leave nobody out", async () => {
    const contacts = range(9);
    await listOf(database, "spring", contacts, { wrapUpSeconds: 0 });
    await database.query(
      `create or replace function sipgate_call.moment() returns timestamptz language sql stable as
       'select timestamptz ''${MORNING}'' + ${SPEED} * (statement_timestamp() - timestamptz ''${new Date().toISOString()}'')'`,
    );
    const agents = ["anna", "ben", "cleo"];
    // An answer to both questions, whether to call and how it was: on a busy machine a contact may be lost in between.
    const typed = "1 fine\n".repeat(40);
    const told = await Promise.all(
      agents.map((agent) => lists(["work", "spring", "--agent", agent, "--json"], { typed })),
    );
    expect(told.map(({ code, err }) => ({ code, err: code === 0 ? "" : err }))).toEqual(
      agents.map(() => ({ code: 0, err: "" })),
    );
    expect(told.filter(({ err }) => err.includes("shouldn't"))).toEqual([]);
    expect(callsOf(contacts)).toEqual(contacts.map(() => 1));
    const status = await lists(["status", "spring", "--json"]);
    expect(objects(status.out)).toMatchObject([
      { due: 0, held: 0, unknown: 0, done: 9, withoutDisposition: 0 },
    ]);
    const ended = told.flatMap(({ out }) => objects(out)).filter(({ result }) => result === "over");
    expect(ended.map(({ cause }) => cause)).toEqual(contacts.map(() => "completed"));
  }, 60_000);

  it("don't call anybody while it's paused, and go home when it's stopped", async () => {
    await listOf(database, "spring", range(1));
    const before = sandbox.calls.length;
    expect((await lists(["pause", "spring"])).code).toBe(0);
    const paused = await lists(["next", "spring", "--agent", "anna", "--json"], { typed: "\n" });
    expect(objects(paused.out)).toMatchObject([{ type: "paused" }]);
    await lists(["stop", "spring"]);
    const stopped = await lists(["work", "spring", "--agent", "anna", "--json"], { typed: "\n\n" });
    expect(objects(stopped.out)).toMatchObject([{ type: "stopped" }]);
    expect(sandbox.calls).toHaveLength(before);
    await lists(["resume", "spring"]);
    const resumed = await lists(["next", "spring", "--agent", "anna", "--json"], { typed: "q\n" });
    expect(objects(resumed.out)).toMatchObject([{ type: "contact" }]);
  });
});

describe("next", () => {
  it("calls nobody without a confirmation, and gives the contact back", async () => {
    await listOf(database, "spring", range(1));
    const before = sandbox.calls.length;
    for (const typed of ["", "q\n"])
      expect((await lists(["next", "spring", "--agent", "anna"], { typed })).code).toBe(0);
    expect(sandbox.calls).toHaveLength(before);
    expect(await contactStates(database)).toMatchObject([{ state: "waiting", due_at: new Date(MORNING) }]);
  });

  it("calls nobody who would see a number that isn't the account's, or none", async () => {
    const list = await listOf(database, "spring", range(1));
    const before = sandbox.calls.length;
    for (const callerId of ["+493023125000", null]) {
      await database.query("update sipgate_call.list set caller_id = $2 where id = $1", [list.id, callerId]);
      const told = await lists(["next", "spring", "--agent", "anna", "--json"], { typed: "\n" });
      expect(objects(told.out)).toMatchObject([{ type: "nobody", reason: { rule: "shown-number" } }]);
    }
    expect(sandbox.calls).toHaveLength(before);
    expect((await contactStates(database))[0]?.state).toBe("waiting");
  });

  it("is refused on neo, where it isn't known whose phone rings first", async () => {
    await listOf(database, "spring", range(1));
    const { tokenId, token } = sandbox.neo;
    const env = { SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
    const told = await lists(["next", "spring", "--agent", "anna", "--json"], { env, typed: "\n" });
    expect(told.code).toBe(3);
    expect(objects(told.err)).toMatchObject([{ type: "error", code: "neo" }]);
  });

  it("needs to know who calls", async () => {
    await listOf(database, "spring", range(1));
    const told = await lists(["next", "spring"]);
    expect(told).toMatchObject({ code: 2, err: expect.stringContaining("--agent NAME") });
  });
});

describe("unknown and review", () => {
  it("show what isn't known, and let a person decide", async () => {
    const { id: listId } = await listOf(database, "spring", range(1));
    const { id: agentId } = await agentNamed(database, "anna");
    const { handOut } = await import("../src/lists/hand-out.js");
    const { markDialling } = await import("../src/lists/mark-dialling.js");
    const handed = await handOut(database, { listId, agentId, shownNumber: SHOWN });
    if (handed.kind !== "contact") throw new Error(handed.kind);
    await markDialling(database, handed.contact, agentId, SHOWN);
    await setMoment(database, "2026-11-25T09:05:00Z");
    const [found] = objects((await lists(["unknown", "--json"])).out);
    expect(found).toMatchObject({ type: "unknown", list: "spring", agent: "anna" });
    expect((await lists(["review", String(found?.id), "perhaps"])).code).toBe(2);
    expect((await lists(["review", String(found?.id), "reached"])).code).toBe(0);
    expect(await contactStates(database)).toMatchObject([{ state: "done" }]);
    expect((await lists(["review", String(found?.id), "reached"])).code).toBe(2);
  });
});
