// The shared store does what every store has to, and no key rings twice when its database or its users fail.
import { CallError, type Clock, createClient, type IdempotencyStore } from "sipgate-call";
import { type PostgresIdempotencyStore, postgresIdempotencyStore } from "sipgate-call-lists";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeIdempotencyStore } from "../../call/test/idempotency-store-conformance.js";
import { startOwnDatabases } from "./database.js";
import { playKeyRounds } from "./kills/key-rounds.mjs";

let databases: Awaited<ReturnType<typeof startOwnDatabases>>;
let url: string;
const opened: PostgresIdempotencyStore[] = [];
beforeAll(async () => {
  databases = await startOwnDatabases();
  url = databases.newDatabase();
});
afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await databases.close();
});

function openStore() {
  const store = postgresIdempotencyStore(url);
  opened.push(store);
  return store;
}

describeIdempotencyStore("PostgreSQL", async () => {
  await databases.open(url).query("truncate sipgate_call.idempotency");
  return [openStore(), openStore()];
});

describe("a database that is lost while a call is placed", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await createSandbox();
  });
  afterEach(() => sandbox.close());

  // Half a second stands for 5: nobody waits for an attempt that has ended without a word.
  const clock: Clock = {
    now: () => new Date(),
    monotonicMs: () => performance.now() * 10,
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs / 10);
      return () => clearTimeout(timer);
    },
  };
  const placeWith = (idempotencyStore: IdempotencyStore, idempotencyKey: string) => {
    const { baseUrl, classic } = sandbox;
    const client = createClient({
      credentials: classic,
      baseUrl,
      platform: "classic",
      idempotencyStore,
      clock,
    });
    return client.place({ caller: "e0", callee: "+493023125001", idempotencyKey }, { searchForMs: 0 });
  };

  it.each([
    ["read", 1, 0],
    ["create", 1, 0],
    ["replace", 1, 0], // "sending"
    ["replace", 2, 1], // "placed"
  ] as const)(
    "before %s %i: %i calls, what is told is true, and the key rings no second time",
    async (method, use, calls) => {
      const store = openStore();
      let uses = 0;
      const losing = async () => {
        uses += 1;
        if (uses === use) await databases.postgres.stop();
      };
      const before = (name: string) => (name === method ? losing() : Promise.resolve());
      const lost: IdempotencyStore = {
        read: (key) => before("read").then(() => store.read(key)),
        create: (...given) => before("create").then(() => store.create(...given)),
        replace: (...given) => before("replace").then(() => store.replace(...given)),
      };
      const key = `${method} ${use}`;
      const told: unknown = await placeWith(lost, key).catch((error: unknown) => error);
      await databases.postgres.start();
      expect(sandbox.calls).toHaveLength(calls);
      if (calls === 0) expect(told).toMatchObject({ code: "store-failed", placed: "no" });
      else expect(told).toMatchObject({ callId: sandbox.calls[0]?.id });

      const again: unknown = await placeWith(openStore(), key).catch((error: unknown) => error);
      expect(sandbox.calls).toHaveLength(1);
      if (calls === 1) expect(again).toMatchObject({ code: "outcome-unknown", placed: "unknown" });
      else expect(again).not.toBeInstanceOf(CallError);
    },
  );
});

describe("ten processes with one key", () => {
  it("ring once, or never, though they are killed and the database is started again", async () => {
    const counts = await playKeyRounds(databases.postgres, url, { rounds: 2 });
    expect(counts).toMatchObject({ twice: 0, untrue: 0 });
    expect(counts.once + counts.never).toBe(2);
  }, 60_000);
});

describe("the URL of the database", () => {
  it.each([
    ["without a server", "postgresql://me:kept-secret@127.0.0.1:1/database"],
    ["of a database that isn't there", "without"],
    ["that is none", "kept-secret"],
    ["of something else", "https://me:kept-secret@example.com/"],
  ])("%s is in no error", async (_, given) => {
    const bad =
      given === "without" ? url.replace("test@", "test:kept-secret@").replace(/\d+$/, "$&0") : given;
    const failed = async () => postgresIdempotencyStore(bad).read("a");
    const error: unknown = await failed().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "ListsError" });
    const { inspect } = await import("node:util");
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("kept-secret");
  });
});
