// Every failure case, for everything that a client does, on both platforms. `npm run check:faults` prints the table.
import { getEventListeners } from "node:events";
import { CallError } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { clientOf, passUntil } from "../support.js";
import { CALL_PATHS, callRequestsIn, everyFailureCase, inSandbox, PLATFORMS, REQUEST } from "./scene.js";

const forAll = everyFailureCase();

describe.each(PLATFORMS)("on %s", (platform) => {
  it("placing makes one call at most, and what's told is true", async () => {
    await forAll("place", platform, 60, (failure) =>
      inSandbox(platform, failure, async ({ sandbox, client }) => {
        if (failure.fault)
          sandbox.faults.add({ ...failure.fault, method: "POST", path: CALL_PATHS[platform] });
        const giveUp = new AbortController();
        const placing = client.place(REQUEST, { searchForMs: 0, signal: giveUp.signal }).then(
          () => ({ code: "ok", placed: "yes" }),
          (error: unknown) => error,
        );
        const outcome = await passUntil(sandbox.clock, placing);
        expect(outcome).toMatchObject({ code: failure.code, placed: failure.placed });
        expect(sandbox.calls).toHaveLength(failure.calls);
        expect(callRequestsIn(sandbox)).toHaveLength(failure.endpoint === undefined ? 1 : 0);
        expect(getEventListeners(giveUp.signal, "abort")).toEqual([]);
        const message = outcome instanceof CallError ? outcome.message : "";
        return { told: failure.code, placed: failure.placed, calls: sandbox.calls.length, message };
      }),
    );
  }, 120_000);

  it("following finds the end though three looks fail in a row", async () => {
    await forAll(
      "follow",
      platform,
      60,
      (failure) =>
        inSandbox(platform, failure, async ({ sandbox, client }) => {
          const call = await client.place(REQUEST);
          await sandbox.clock.advance(5_000);
          const fault = sandbox.faults.add({ how: "reset", ...failure.fault, method: "GET", times: 3 });
          const outcome = call.outcome();
          // What nobody may read counts as hidden at once; everything else passes.
          const isHidden = failure.code === "forbidden";
          const expected = isHidden ? "unknown" : "ended";
          const { state, end } = await passUntil(sandbox.clock, outcome);
          expect(fault.hits).toBe(isHidden ? 2 : 3);
          expect(state).toBe(expected);
          if (expected === "ended") expect(end?.cause).toBe("completed");
          expect(callRequestsIn(sandbox)).toHaveLength(1);
          return { told: end?.cause ?? state, placed: "yes", calls: sandbox.calls.length, message: "" };
        }),
      ({ endpoint }) => endpoint === undefined,
    );
  }, 240_000);

  it("a control is sent once, and it's told what became of it", async () => {
    await forAll("control", platform, 60, (failure) =>
      inSandbox(platform, failure, async ({ sandbox, client, baseUrl }) => {
        const call = await clientOf(sandbox, platform).place(REQUEST);
        await sandbox.clock.advance(5_000);
        if (failure.fault) sandbox.faults.add({ ...failure.fault, method: "PUT" });
        const holding = client
          .call(call.callId)
          .hold()
          .then(
            () => ({ code: "ok" }),
            (error: unknown) => error,
          );
        const outcome = await passUntil(sandbox.clock, holding);
        const code = failure.command ?? failure.code;
        expect(outcome).toMatchObject(code === "ok" ? { code } : { code, placed: "no" });
        const sent = sandbox.requests.filter(({ method }) => method === "PUT");
        expect(sent).toHaveLength(baseUrl === sandbox.baseUrl ? 1 : 0);
        expect(sandbox.calls).toHaveLength(1);
        const message = outcome instanceof CallError ? outcome.message : "";
        return { told: code, placed: "no", calls: 1, message };
      }),
    );
  }, 120_000);

  it("a preflight ends though every request fails, and calls no doubt a certainty", async () => {
    await forAll("preflight", platform, 60, (failure) =>
      inSandbox(platform, failure, async ({ sandbox, client }) => {
        if (failure.fault) sandbox.faults.add({ ...failure.fault, method: "GET", times: 1_000 });
        const { checks, blocked } = await passUntil(sandbox.clock, client.preflight(REQUEST));
        const failed = checks.filter(({ result }) => result === "failed").map(({ name }) => name);
        expect(failed).toEqual(failure.code === "unauthorized" ? ["credentials"] : []);
        expect(sandbox.calls).toHaveLength(0);
        const unchecked = checks.filter(({ result }) => result === "unchecked").length;
        const told = blocked ? "blocked" : `${unchecked} of ${checks.length} unchecked`;
        return { told, placed: "no", calls: 0, message: "" };
      }),
    );
  }, 240_000);
});

it.each(PLATFORMS)(
  "on %s a kept connection that was closed meanwhile loses no call request",
  async (platform) => {
    await inSandbox(platform, { name: "", ...NOTHING }, async ({ sandbox, client }) => {
      sandbox.faults.add({ how: "close-afterwards", method: "GET", times: 100 });
      await passUntil(sandbox.clock, client.balance());
      await client.place(REQUEST); // A kept one that was closed a moment ago can't be told from one that stands.
      expect(sandbox.calls).toHaveLength(1);
      expect(callRequestsIn(sandbox)).toHaveLength(1);
    });
  },
);

const NOTHING = { code: "ok", placed: "yes", calls: 1 } as const;
