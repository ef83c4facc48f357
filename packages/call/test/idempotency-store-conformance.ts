// What every idempotency store has to do, and what the client does if one doesn't.
import {
  CallError,
  type Client,
  type IdempotencyRecord,
  type IdempotencyStore,
  type PlaceOptions,
} from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { printTable, type Row } from "./faults/table.js";
import { clientOf, strictSandbox } from "./support.js";

const REQUEST = { caller: "e0", callee: "+493023125001" };
const KEYED = { ...REQUEST, idempotencyKey: "order-4711" };
const METHODS = ["read", "create", "replace"] as const;
type Method = (typeof METHODS)[number];

const record = (owner: string, kind: "begun" | "refused" = "begun"): IdempotencyRecord => ({
  request: "a digest",
  owner,
  begunAt: 1_767_600_000_000,
  beat: 0,
  state: { kind },
});

/** Lets time pass as slowly as the work that no clock knows of needs it: digests, modules that are loaded. */
async function passUntil<T>({ clock }: Sandbox, done: Promise<T>): Promise<T> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  done.then(end, end);
  while (!isDone) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (!isDone) await clock.advance(250);
  }
  return done;
}

/**
 * Tests of a store.
 *
 * @param open two stores, each as another process would open it, that keep the same records; none yet
 */
export function describeIdempotencyStore(
  name: string,
  open: () => Promise<[IdempotencyStore, IdempotencyStore]>,
) {
  describe(`an idempotency store: ${name}`, () => {
    let one: IdempotencyStore;
    let other: IdempotencyStore;
    beforeEach(async () => {
      [one, other] = await open();
    });
    const either = (index: number) => (index % 2 === 0 ? one : other);

    it("keeps nothing under a key that is new", async () => {
      expect(await one.read("new")).toBeUndefined();
      expect(await one.replace("new", 1, record("a"))).toBe(false);
      expect(await one.read("new")).toBeUndefined();
    });

    it("gives back what was created, from wherever", async () => {
      expect(await one.create("a", record("me"))).toBe(true);
      expect(await other.read("a")).toEqual({ version: expect.any(Number), record: record("me") });
    });

    it("creates once: of any number at the same time, one is told so", async () => {
      const told = await Promise.all(
        Array.from({ length: 20 }, (_, index) => either(index).create("a", record(`${index}`))),
      );
      expect(told.filter((isMine) => isMine === true)).toHaveLength(1);
      expect(told.filter((isMine) => isMine === false)).toHaveLength(19);
      expect((await one.read("a"))?.record.owner).toBe(`${told.indexOf(true)}`);
      expect(await other.create("a", record("late"))).toBe(false);
    });

    it("replaces a version once: of any number at the same time, one is told so", async () => {
      await one.create("a", record("first"));
      for (let round = 0; round < 5; round += 1) {
        const version = (await other.read("a"))?.version ?? 0;
        const told = await Promise.all(
          Array.from({ length: 10 }, (_, index) => either(index).replace("a", version, record(`${index}`))),
        );
        expect(told.filter((isMine) => isMine === true)).toHaveLength(1);
        expect((await one.read("a"))?.record.owner).toBe(`${told.indexOf(true)}`);
        expect((await one.read("a"))?.version).not.toBe(version);
      }
    });

    it("leaves a record as it is for a process that knows an old version of it", async () => {
      await one.create("a", record("first"));
      const old = (await one.read("a"))?.version ?? 0;
      await other.replace("a", old, record("second", "refused"));
      expect(await one.replace("a", old, record("third"))).toBe(false);
      expect(await one.replace("a", old + 1_000, record("third"))).toBe(false);
      expect((await one.read("a"))?.record).toEqual(record("second", "refused"));
    });

    it("keeps keys apart", async () => {
      const keys = ["a", "A", "a/b", "../a", "a".repeat(255), "ä", "."];
      for (const key of keys) expect(await one.create(key, record(key))).toBe(true);
      for (const key of keys) expect((await other.read(key))?.record.owner).toBe(key);
    });

    describe("used by the client", () => {
      let sandbox: Sandbox;
      beforeEach(async () => {
        sandbox = await strictSandbox({ clock: "manual" });
      });
      afterEach(() => sandbox.close());
      const clientWith = (idempotencyStore: IdempotencyStore): Client =>
        clientOf(sandbox, "classic", { idempotencyStore });

      it("ten call requests at once ring once, and all are told of the same call", async () => {
        const placing = Promise.all(
          Array.from({ length: 10 }, (_, index) => clientWith(either(index)).place(KEYED)),
        );
        const calls = await passUntil(sandbox, placing);
        expect(sandbox.calls).toHaveLength(1);
        expect(new Set(calls.map(({ callId }) => callId))).toEqual(new Set([sandbox.calls[0]?.id]));
        expect(calls.filter(({ repeated }) => repeated !== true)).toHaveLength(1);
      });
    });
  });
}

/** Tests of the client with stores that don't do what they should. @param open an honest one */
export function describeUntrustedStores(open: () => IdempotencyStore) {
  describe("a store that can't be trusted", () => {
    let sandbox: Sandbox;
    let one: IdempotencyStore;
    const rows: Row[] = [];
    afterAll(() => {
      if (process.env.FAULT_TABLE !== undefined) process.stdout.write(printTable(rows));
    });
    beforeAll(async () => {
      sandbox = await strictSandbox({ clock: "manual" });
      await place(open()); // What is loaded the first time takes its time.
      await sandbox.close();
    });
    beforeEach(async () => {
      sandbox = await strictSandbox({ clock: "manual" });
      one = open();
    });
    afterEach(() => sandbox.close());
    const place = (idempotencyStore: IdempotencyStore, options?: PlaceOptions) => {
      // A clock that doesn't wait for the store: it would take half a second to find that one hangs.
      const { now, monotonicMs, after } = sandbox.clock;
      const client = clientOf(sandbox, "classic", { idempotencyStore, clock: { now, monotonicMs, after } });
      return passUntil(sandbox, client.place(KEYED, options));
    };

    /** The store, but for one method from its nth use on. */
    const spoilt = (method: Method, from: number, instead: (asItIs: () => Promise<unknown>) => unknown) => {
      let uses = 0;
      const spy = (used: Method) =>
        vi.fn((...given: unknown[]) => {
          const asItIs = () => Reflect.apply(one[used], one, given) as Promise<unknown>;
          if (used === method) uses += 1;
          return used === method && uses >= from ? instead(asItIs) : asItIs();
        });
      return {
        read: spy("read"),
        create: spy("create"),
        replace: spy("replace"),
      } as unknown as IdempotencyStore;
    };
    // The first use of each method, and the later ones on the way to a call that is noted.
    const USES: readonly (readonly [Method, number])[] = [
      ["create", 1],
      ["read", 1],
      ["read", 2],
      ["read", 4],
      ["replace", 1],
      ["replace", 2],
    ];
    const calls = () => sandbox.calls.length;

    /** What a program that places with this store is told, and whether that is true. */
    const truth = async (store: IdempotencyStore, failure: string) => {
      const told = await place(store, { searchForMs: 0 }).catch((error: unknown) => error);
      const { code, placed = "yes", message } = told as Partial<CallError>;
      const row = { told: code ?? "ok", placed, calls: calls(), message: message ?? "" };
      rows.push({ act: "a store that lies", platform: "classic", failure, ...row });
      if (told instanceof Error) {
        expect(told).toBeInstanceOf(CallError);
        if (told instanceof CallError && told.placed === "no") expect(calls()).toBe(0);
      } else expect(calls()).toBe(1);
      return told;
    };

    describe.each(USES)("whose %s, from use %i on,", (method, use) => {
      it.each([
        ["answers null", null],
        ["answers undefined", undefined],
        ["answers OK", "OK"],
        ["answers a row", { rowCount: 0 }],
      ])("%s: never two calls, and what is told is true", async (title, answer) => {
        await truth(
          spoilt(method, use, async () => answer),
          `${method}, from use ${use} on, ${title}`,
        );
        await place(one, { searchForMs: 0 }).catch(() => {});
        expect(calls()).toBeLessThanOrEqual(1);
        if (method === "create") expect(calls()).toBe(1); // By the second, who has an honest store.
      });

      it("throws at once: it's told of, with whether anything was dialled", async () => {
        const told = await truth(
          spoilt(method, use, () => {
            throw new TypeError("Cannot read properties of null");
          }),
          `${method}, from use ${use} on, throws`,
        );
        if (calls() === 0) expect(told).toMatchObject({ code: "store-failed", placed: "no" });
      });

      it("hangs: it's given up in time, and the call that rings is answered", async () => {
        const begun = sandbox.clock.monotonicMs();
        const hanging = spoilt(method, use, () => new Promise(() => {}));
        const told = await truth(hanging, `${method}, from use ${use} on, hangs`);
        expect(sandbox.clock.monotonicMs() - begun).toBeLessThanOrEqual(12_000);
        if (calls() === 1) expect(told).toMatchObject({ callId: sandbox.calls[0]?.id });
        else expect(told).toMatchObject({ code: "store-failed", placed: "no" });
      });

      it("hangs: abort ends it", async () => {
        const stop = new AbortController();
        const store = spoilt(method, use, () => {
          queueMicrotask(() => stop.abort());
          return new Promise(() => {});
        });
        const begun = sandbox.clock.monotonicMs();
        const told = await place(store, { searchForMs: 0, signal: stop.signal }).catch(
          (error: unknown) => error,
        );
        if (calls() === 0) expect(told).toMatchObject({ code: "aborted", placed: "no" });
        else expect(told).toMatchObject({ callId: sandbox.calls[0]?.id });
        expect(sandbox.clock.monotonicMs() - begun).toBeLessThanOrEqual(2_500);
      });
    });

    it("one that answers true to everybody is found out before anything is sent twice", async () => {
      const create = async (key: string, given: IdempotencyRecord) => {
        await one.create(key, given);
        return true;
      };
      const read = (key: string) => one.read(key);
      const replace: IdempotencyStore["replace"] = (...given) => one.replace(...given);
      const first = await place({ create, read, replace });
      // A process that hasn't seen the record believes to have made it.
      const lateRead = vi.fn(read).mockResolvedValueOnce(undefined);
      const second = await place({ create, read: lateRead, replace });
      expect(second.callId).toBe(first.callId);
      expect(calls()).toBe(1);
    });

    it("one whose read finds nothing, though another process has placed: that isn't told as nothing dialled", async () => {
      await place(one);
      const placing = place({
        create: async () => false,
        read: async () => undefined,
        replace: async () => false,
      });
      await expect(placing).rejects.toMatchObject({ code: "outcome-unknown", placed: "unknown" });
      expect(calls()).toBe(1);
    });

    it.each([
      [500, 1],
      [4_000, 0], // Too late at the step that allows sending.
    ])("one that lags by %i ms is asked seldom; it rings %i times", async (lag, rings) => {
      const { clock } = sandbox;
      let asked = 0;
      const late = async <T>(work: () => Promise<T>): Promise<T> => {
        asked += 1;
        await new Promise<void>((resolve) => clock.after(lag, resolve));
        return work();
      };
      const lagging: IdempotencyStore = {
        read: (key) => late(() => one.read(key)),
        create: (...given) => late(() => one.create(...given)),
        replace: (...given) => late(() => one.replace(...given)),
      };
      const begun = clock.monotonicMs();
      // Time passes by turns of the event loop, which isn't kept busy.
      const told = await Promise.allSettled([1, 2, 3].map(() => place(lagging, { searchForMs: 0 })));
      expect(calls()).toBe(rings);
      expect(told.filter(({ status }) => status === "fulfilled")).toHaveLength(3 * rings);
      expect(asked).toBeLessThan(120);
      expect(clock.monotonicMs() - begun).toBeLessThan(60_000);
    });

    it("is asked seldom while somebody else is at it", async () => {
      const request = await requestOf(one);
      let version = 0;
      const read = vi.fn(async () => {
        version += 1; // It sends heartbeats for ever.
        return { version, record: { ...record("other"), request } };
      });
      const busy = { create: async () => false, read, replace: async () => false };
      await expect(place(busy)).rejects.toMatchObject({ code: "outcome-unknown", placed: "unknown" });
      expect(read.mock.calls.length).toBeLessThan(60);
    });

    /** The digest of the request that all tests here place. */
    const requestOf = async (store: IdempotencyStore) => {
      let request = "";
      const create: IdempotencyStore["create"] = async (_, given) => {
        request = given.request;
        throw new Error("That's all.");
      };
      await place({ ...store, read: async () => undefined, create }).catch(() => {});
      return request;
    };
  });
}
