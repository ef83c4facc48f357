// Which of the calls that can be seen may be the one whose response was lost.
import { CallError, type CallRequest } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientOf, passUntil, strictSandbox } from "./support.js";

const CALLEE = "+493023125000";
const OTHER = "+493023125001";
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

/** Answers reads with this, from a look on. The first look is too early for a new call to be connected. */
function answers(path: "/calls" | "/history", status: number, body: object, skip = 0): void {
  const fault = { how: "answer", method: "GET", path, status, times: 999, skip } as const;
  sandbox.faults.add({
    ...fault,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
}

const second = (since: number) => new Date(sandbox.clock.now().getTime() + since * 1_000).toISOString();

/** An entry of the history, of a call that began so many seconds after the call request. */
function ended(callId: string, { target = CALLEE, after = 1, from = ["e0"] }: Ended = {}): object {
  const endpoints = from.map((extension) => ({ endpoint: { extension } }));
  return { callId, ...(target === "" ? {} : { target }), created: second(after), endpoints };
}
interface Ended {
  readonly target?: string;
  readonly after?: number;
  readonly from?: readonly string[];
}

function running(callId: string, phoneNumber: string, owner = "+496990009000"): object {
  return { callId, participants: [{ phoneNumber: owner, owner: true }, { phoneNumber }] };
}

async function searched(request: Partial<CallRequest> = {}, searchForMs = 4_000) {
  sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls" });
  const placing = clientOf(sandbox).place({ caller: "e0", callee: CALLEE, ...request }, { searchForMs });
  const error = await passUntil(
    sandbox.clock,
    placing.catch((thrown: unknown) => thrown),
  );
  if (!(error instanceof CallError)) throw new Error(`didn't fail: ${String(error)}`);
  return error.search;
}

const LIKELY = expect.stringContaining("Most likely it's this one: it was placed.");
const MAYBE = expect.stringContaining("It may be this one.");

describe("of the calls that have ended", () => {
  it.each([
    ["one to this number", CALLEE],
    ["one whose number is written without a plus", CALLEE.slice(1)],
  ])("%s is likely", async (_, target) => {
    answers("/history", 200, { items: [ended("a", { target })] });
    expect(await searched()).toEqual({ found: "likely", callId: "a", summary: LIKELY });
  });

  it.each([
    ["to another number", { target: OTHER }],
    ["to a number that isn't told", { target: "" }],
    ["that began before the call request", { after: -10 }],
  ])("none is it %s", async (_, entry) => {
    answers("/history", 200, { items: [ended("a", entry)] });
    expect(await searched()).toMatchObject({ found: "not-seen", callId: undefined });
  });

  it("none is it whose beginning isn't told", async () => {
    answers("/history", 200, { items: [{ ...ended("a"), created: undefined }] });
    expect(await searched()).toMatchObject({ found: "not-seen" });
  });

  it.each([
    ["rang the device that pays", ["e1"], { caller: "p0", deviceId: "e1" }],
    ["rang further phones", ["e9", "e0"], {}],
    ["doesn't tell its phones", [], {}],
  ])("one that %s is likely", async (_, from, request) => {
    answers("/history", 200, { items: [ended("a", { from })] });
    expect(await searched(request)).toMatchObject({ found: "likely" });
  });

  it("of two, one from another device, neither is certain", async () => {
    answers("/history", 200, { items: [ended("a"), ended("b", { from: ["e9"] })] });
    const summary = expect.stringMatching(/, and so are 1 more\. It may be this one\./);
    expect(await searched()).toEqual({ found: "possible", callId: undefined, summary });
  });

  it("one that began much later is possible, also beside one in time", async () => {
    answers("/history", 200, { items: [ended("a", { after: 60 })] });
    const summary = expect.stringContaining("began later than this one can have");
    expect(await searched()).toEqual({ found: "possible", callId: "a", summary });
    sandbox.faults.clear();
    answers("/history", 200, { items: [ended("a"), ended("b", { after: 60 })] });
    expect(await searched()).toEqual({ found: "possible", callId: undefined, summary: MAYBE });
  });
});

describe("of the calls that are running", () => {
  it("a new one to this number is likely", async () => {
    answers("/calls", 200, { data: [running("a", CALLEE)] }, 2);
    expect(await searched()).toEqual({ found: "likely", callId: "a", summary: LIKELY });
  });

  it.each([
    ["one to another number", OTHER, undefined],
    ["one whose own number this is", OTHER, CALLEE],
  ])("%s is none, and doesn't make it doubtful", async (_, number, owner) => {
    answers("/calls", 200, { data: [running("a", number, owner)] });
    const found = await searched();
    expect(found).toMatchObject({ found: "not-seen" });
    expect(found?.summary).not.toContain("was running before");
  });
});

describe("if half of it can't be read, that's said:", () => {
  it.each(["/calls", "/history"] as const)("%s", async (path) => {
    answers(path, 403, {});
    const summary = expect.stringContaining("Half of it can't be looked at");
    expect(await searched()).toMatchObject({ found: "not-seen", summary });
  });

  it("and the search goes on if the other half may be read later", async () => {
    answers("/calls", 403, {});
    sandbox.faults.add({ how: "answer", status: 503, method: "GET", path: "/history", times: 3 });
    sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut: true });
    const placing = clientOf(sandbox).place({ caller: "e5", callee: CALLEE });
    const error = await passUntil(
      sandbox.clock,
      placing.catch((thrown: unknown) => thrown),
    );
    expect(error).toMatchObject({ search: { found: "likely" } });
  });
});
