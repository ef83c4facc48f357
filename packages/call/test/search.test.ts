// The answer to a call request is lost: was the call placed after all?
import { inspect } from "node:util";
import { CallError, type PlaceOptions } from "sipgate-call";
import type { Fault, Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryStore } from "./memory-store.js";
import { aheadBy, clientOf, passUntil, strictSandbox } from "./support.js";
import { sipgateCall } from "./terminal.js";

type Platform = "classic" | "neo";
const CALLEE = "+493023125000";
const CALL_PATHS = { classic: "/sessions/calls", neo: "/calls" } as const;
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

const MONTHS = 100 * 24 * 3_600_000; // Milliseconds.
/** A client whose clock on the wall is wrong by months, as seen from the sandbox. */
const strangeTo = (name: string) => clientOf(sandbox, name, { clock: aheadBy(sandbox.clock, MONTHS) });

/** The error of a call request whose answer is lost. */
async function lost(
  platform: Platform,
  fault: Partial<Fault>,
  { caller = "e0", callee = CALLEE, token, ...options }: PlaceOptions & Record<string, unknown> = {},
): Promise<CallError> {
  sandbox.faults.add({ how: "reset", method: "POST", path: CALL_PATHS[platform], ...fault });
  const request = { caller: String(caller), callee: String(callee) };
  const client = strangeTo(token === undefined ? platform : String(token));
  const placing = client.place(request, options).catch((thrown: unknown) => thrown);
  const error = await passUntil(sandbox.clock, placing);
  if (!(error instanceof CallError)) throw new Error(`didn't fail: ${String(error)}`);
  return error;
}

const callRequests = () => sandbox.requests.filter(({ method }) => method === "POST");

describe.each(["classic", "neo"] as const)("if the response is lost on %s, the error says", (platform) => {
  it("that the call is running", async () => {
    const error = await lost(platform, { carriedOut: true });
    expect(error).toMatchObject({ code: "network", placed: "unknown" });
    expect(error.search).toMatchObject({ found: "likely", callId: sandbox.calls[0]?.id });
    expect(error.search?.summary).toContain("is running");
    expect(callRequests()).toHaveLength(1);
  });

  it("that it has ended", async () => {
    const error = await lost(platform, { carriedOut: true }, { caller: "e5" });
    expect(error.search).toMatchObject({ found: "likely", callId: sandbox.calls[0]?.id });
    expect(error.search?.summary).toContain("has ended");
  });

  it("that it has ended, if it began late in a second: records tell whole seconds only", async () => {
    await sandbox.clock.advance(900);
    // Not a whole number of seconds after the call request, at which the rounding would make up for itself.
    const error = await lost(platform, { carriedOut: true }, { caller: "e5", searchForMs: 14_600 });
    expect(error.search).toMatchObject({ found: "likely", callId: sandbox.calls[0]?.id });
  });

  it("that it was never placed", async () => {
    const error = await lost(platform, {}, { searchForMs: 200 });
    expect(error.search).toMatchObject({ found: "not-seen", callId: undefined });
    expect(sandbox.calls).toHaveLength(0);
    expect(callRequests()).toHaveLength(1);
  });

  it("nothing of a call that ended earlier", async () => {
    await strangeTo(platform).place({ caller: "e5", callee: CALLEE });
    await sandbox.clock.advance(60_000);
    const error = await lost(platform, {}, { caller: "e5", searchForMs: 200 });
    expect(error.search?.found).toBe("not-seen");
  });

  it("nothing of a call that was running before", async () => {
    await strangeTo(platform).place({ caller: "e0", callee: CALLEE });
    await sandbox.clock.advance(20_000);
    const error = await lost(platform, {});
    expect(error.search).toMatchObject({ found: "not-seen", callId: undefined });
    expect(error.search?.summary).toContain("was running before");
  });

  it("nothing of a call that was running before, if both are", async () => {
    await strangeTo(platform).place({ caller: "e0", callee: CALLEE });
    await sandbox.clock.advance(20_000);
    const error = await lost(platform, { carriedOut: true });
    expect(error.search?.callId).not.toBe(sandbox.calls[0]?.id);
    if (error.search?.found === "likely") expect(error.search.callId).toBe(sandbox.calls[1]?.id);
  });

  it("that a call may be it, if the first poll is long after the request", async () => {
    const error = await lost(platform, { how: "silence", carriedOut: true });
    expect(error.search).toMatchObject({ found: "possible", callId: sandbox.calls[0]?.id });
  });

  it("the same if the trace throws", async () => {
    const onSearch = () => {
      throw new Error("a mistake of the program's");
    };
    const error = await lost(platform, { carriedOut: true }, { onSearch });
    expect(error).toMatchObject({ code: "network", placed: "unknown" });
    expect(error.search?.found).toBe("likely");
  });

  it("nothing of a call to another number", async () => {
    await strangeTo(platform).place({ caller: "e0", callee: "+493023125001" });
    await sandbox.clock.advance(5_000);
    expect((await lost(platform, {}, { searchForMs: 200 })).search?.found).toBe("not-seen");
  });

  it("of two calls that neither is certain", async () => {
    await strangeTo(platform).place({ caller: "e0", callee: CALLEE });
    const onSearch = () => void sandbox.clock.advance(10_000);
    const error = await lost(platform, { carriedOut: true }, { onSearch });
    expect(error.search).toMatchObject({ found: "possible", callId: undefined });
  });

  it("nothing of a search if none is wanted", async () => {
    const error = await lost(platform, { carriedOut: true }, { searchForMs: 0 });
    expect(error.search).toBeUndefined();
  });
});

it("a call from another device may be the one", async () => {
  await strangeTo("classic").place({ caller: "e5", callee: CALLEE });
  const error = await lost("classic", {}, { caller: "e0" });
  expect(error.search).toMatchObject({
    found: "possible",
    summary: expect.stringContaining("another device"),
  });
});

it("a token without the scope for running calls sees those that have ended", async () => {
  const error = await lost(
    "classic",
    { carriedOut: true },
    { caller: "e5", token: "classic-without-rtcm:read" },
  );
  expect(error.search?.found).toBe("likely");
});

it("an error says at once that nothing can be read", async () => {
  sandbox.faults.add({ how: "answer", status: 403, method: "GET", times: 1_000 });
  const error = await lost("classic", { carriedOut: true });
  expect(error.search?.found).toBe("hidden");
});

it("the session id isn't printed with the error", async () => {
  const onSearch = () => void sandbox.clock.advance(10_000);
  const error = await lost("classic", { carriedOut: true }, { onSearch });
  const printed = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}${String(error)}`;
  expect(printed).not.toContain(sandbox.calls[0]?.id);
});

it("the search ends with the signal", async () => {
  const stop = new AbortController();
  const error = await lost("classic", {}, { signal: stop.signal, onSearch: () => stop.abort() });
  expect(error.search?.found ?? "given up").toMatch(/not-seen|hidden|given up/);
});

it.each([-1, Number.NaN, "1", 1e9])("searchForMs can't be %s, and nothing is sent", async (searchForMs) => {
  const error = await lost("classic", {}, { searchForMs: searchForMs as number });
  expect(error).toMatchObject({ code: "invalid-request", placed: "no" });
  expect(sandbox.requests).toEqual([]);
});

describe("dial", () => {
  const env = () => ({
    SIPGATE_TOKEN_ID: sandbox.classic.tokenId,
    SIPGATE_TOKEN: sandbox.classic.token,
    SIPGATE_BASE_URL: sandbox.baseUrl,
  });
  const args = [CALLEE, "--no-preflight", "--platform", "classic"];

  it("says that it searches, and what it has found", async () => {
    sandbox.faults.add({ how: "reset", method: "POST", carriedOut: true });
    const dialling = sipgateCall([...args, "--caller", "e0"], { env: env() });
    const looks = () =>
      sandbox.requests.filter(({ method, path }) => method === "GET" && path.endsWith("/calls"));
    // What runs within a second of the call request was running before; the third look comes after that.
    await expect.poll(() => looks().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
    await sandbox.clock.advance(10_000);
    const { code, err } = await dialling;
    expect(code).toBe(8);
    expect(err).toContain("Searching for the call");
    expect(err).toContain("Most likely it's this one: it was placed.");
    expect(err).not.toContain(sandbox.calls[0]?.id);
  });

  it("says the same to a script with --json", async () => {
    sandbox.faults.add({ how: "reset", method: "POST" });
    const { err } = await sipgateCall([...args, "--caller", "e5", "--search-for", "0", "--json"], {
      env: env(),
    });
    expect(JSON.parse(err).search).toBeUndefined();
    sandbox.faults.add({ how: "reset", method: "POST" });
    const looked = await sipgateCall([...args, "--caller", "e5", "--search-for", "1", "--json"], {
      env: env(),
    });
    expect(JSON.parse(looked.err).search).toMatchObject({ found: "not-seen" });
  });
});

describe("an attempt under a key", () => {
  it("searches for the call of the one before, whose response was lost", async () => {
    sandbox.faults.add({ how: "reset", method: "POST", carriedOut: true });
    const ask = (options: PlaceOptions) =>
      passUntil(
        sandbox.clock,
        strangeTo("classic").place(
          { caller: "e0", callee: CALLEE, idempotencyKey: `search ${sandbox.baseUrl}` },
          options,
        ),
      );
    await expect(ask({ searchForMs: 0 })).rejects.toMatchObject({ code: "network", placed: "unknown" });
    await sandbox.clock.advance(10_000);
    const error = await ask({}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "outcome-unknown", placed: "unknown" });
    expect((error as CallError).search).toMatchObject({ found: "possible", callId: sandbox.calls[0]?.id });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("a call that began minutes after the call request isn't taken for it", async () => {
    const { clock } = sandbox;
    const idempotencyStore = createMemoryStore();
    const client = clientOf(sandbox, "classic", { idempotencyStore });
    const request = { caller: "e5", callee: CALLEE, idempotencyKey: "lost" };
    sandbox.faults.add({ how: "reset", method: "POST" });
    const first = passUntil(clock, client.place(request, { searchForMs: 0 }));
    await expect(first).rejects.toMatchObject({ code: "network", placed: "unknown" });
    await clock.advance(300_000);
    await client.place({ caller: "e5", callee: CALLEE });
    await clock.advance(60_000);
    const error = await passUntil(clock, client.place(request)).catch((thrown: unknown) => thrown);
    const summary = expect.stringContaining("began later");
    expect(error).toMatchObject({ placed: "unknown", search: { found: "possible", summary } });
  });

  it.each([-3_600_000, -300_000, 300_000, 3_600_000])(
    "an earlier call isn't taken for it if the clock on the wall has jumped by %i ms since the call request",
    async (jump) => {
      const { clock } = sandbox;
      let ahead = 0;
      const jumping = { ...clock, now: () => new Date(clock.now().getTime() + ahead) };
      const idempotencyStore = createMemoryStore();
      const client = clientOf(sandbox, "classic", { idempotencyStore, clock: jumping });
      await client.place({ caller: "e5", callee: CALLEE });
      await clock.advance(120_000);
      sandbox.faults.add({ how: "reset", method: "POST" });
      const request = { caller: "e5", callee: CALLEE, idempotencyKey: "lost" };
      const first = passUntil(clock, client.place(request, { searchForMs: 0 }));
      await expect(first).rejects.toMatchObject({ placed: "unknown" });
      ahead = jump;
      const error = await passUntil(clock, client.place(request)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "outcome-unknown", placed: "unknown" });
      expect((error as CallError).search?.found).not.toBe("likely");
    },
  );
});
