import { type CallRequest, checkCallRequest, InvalidRequestError } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryStore } from "./memory-store.js";
import { clientOf, strictSandbox } from "./support.js";

const callee = "+493023125000";
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

async function problemsOf(request: unknown): Promise<string[]> {
  const refused = await checkCallRequest(request as CallRequest).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refused === undefined) return [];
  if (!(refused instanceof InvalidRequestError)) throw refused;
  expect(refused).toMatchObject({ code: "invalid-request", placed: "no" });
  for (const problem of refused.problems) expect(problem.remedy).not.toBe("");
  return refused.problems.map(({ field, code }) => `${field}: ${code}`);
}

describe("a request", () => {
  it.each([
    [{ caller: "e0", callee }],
    [{ caller: "e0", callee, deviceId: "e1" }],
    [{ caller: "p0", callee, callerId: "+494066969000" }],
    [{ caller: "y12", callee, deviceId: "x0", callerId: "+494066969000" }],
    [{ caller: "+4915228817386", callee, deviceId: "e0" }],
    [{ caller: "+4915228817386", callee, deviceId: "e0", callerId: "+494066969000" }],
  ])("may be %j", async (request) => {
    expect(await checkCallRequest(request)).toEqual(request);
  });

  it("puts every number into international form", async () => {
    const written = {
      caller: "01522/8817386",
      callee: "030 23125-000",
      callerId: "040 66969000",
      deviceId: " e0 ",
    };
    expect(await checkCallRequest(written)).toEqual({
      caller: "+4915228817386",
      callee: "+493023125000",
      callerId: "+494066969000",
      deviceId: "e0",
    });
  });
});

it("a request may have extensions in any case", async () => {
  expect(await checkCallRequest({ caller: "E0", callee, deviceId: "X1" })).toEqual({
    caller: "e0",
    callee,
    deviceId: "x1",
  });
});

it("an error offers the numbers that a field may mean", async () => {
  const refused = checkCallRequest({ caller: "e0", callee: "030 23125000/01", callerId: "112" });
  await expect(refused).rejects.toMatchObject({
    problems: [
      {
        field: "callee",
        code: "several-numbers",
        readings: [{ number: "+493023125000", country: "DE" }, { number: "+493023125001" }],
      },
      { field: "callerId", code: "emergency" },
    ],
  });
});

describe("an invalid request", () => {
  it("has every problem named at once", async () => {
    expect(
      await problemsOf({ caller: "w0", callee: "112", callerId: " ", deviceId: "e01", colour: "red" }),
    ).toEqual([
      "colour: unknown-field",
      "caller: not-a-phone",
      "callee: emergency",
      "callerId: blank",
      "deviceId: invalid-extension",
    ]);
  });

  it.each([
    [undefined, ["request: missing"]],
    [{}, ["caller: missing", "callee: missing"]],
    [{ caller: 7, callee: null }, ["caller: not-text", "callee: not-text"]],
    [{ caller: "+4915228817386", callee }, ["deviceId: missing"]],
    [{ caller: "110", callee, deviceId: "e0" }, ["caller: emergency"]],
    [{ caller: "e00", callee }, ["caller: invalid-extension"]],
    [{ caller: "g0", callee }, ["caller: not-a-phone"]],
    [{ caller: "e0", callee: "e1" }, ["callee: not-a-number"]],
    [{ caller: "e0\r\nX-Evil: 1", callee }, ["caller: control-character"]],
  ])("%j has these problems: %j", async (request, expected) => {
    expect(await problemsOf(request)).toEqual(expected);
  });
});

describe("a request is checked once", () => {
  /** A request whose fields can each be read once; whatever reads one again gets something else. */
  function readOnce(fields: Readonly<Record<string, string>>): { request: CallRequest; reads: string[] } {
    const reads: string[] = [];
    const request = {};
    for (const [name, value] of Object.entries(fields)) {
      const get = () => {
        reads.push(name);
        return value;
      };
      Object.defineProperty(request, name, { get, enumerable: true });
    }
    return { request: request as CallRequest, reads };
  }

  it.each(["place", "preflight", "dryRun"] as const)("by %s, which reads each field once", async (method) => {
    const { request, reads } = readOnce({ caller: "e0", callee: "030/23125000" });
    await clientOf(sandbox, "classic")[method](request);
    expect(reads.sort()).toEqual(["callee", "caller"]);
  });

  it("by place under a key, too", async () => {
    const { request, reads } = readOnce({ caller: "e0", callee: "030/23125000", idempotencyKey: "a" });
    const idempotencyStore = createMemoryStore();
    await clientOf(sandbox, "classic", { idempotencyStore }).place(request);
    expect(reads.sort()).toEqual(["callee", "caller", "idempotencyKey"]);
  });

  it("and is known again", async () => {
    const checked = await checkCallRequest({ caller: "e0", callee: "030/23125000" });
    expect(await checkCallRequest(checked)).toBe(checked);
    await clientOf(sandbox, "classic").place(checked);
    expect(sandbox.calls).toMatchObject([{ caller: "e0", callee: "+493023125000" }]);
  });

  it("unless it's changed", async () => {
    const checked = await checkCallRequest({ caller: "e0", callee });
    expect(await problemsOf({ ...checked, callee: "112" })).toEqual(["callee: emergency"]);
    await expect(clientOf(sandbox, "classic").place({ ...checked, callee: "112" })).rejects.toMatchObject({
      code: "invalid-request",
    });
    expect(() => Object.assign(checked, { callee: "112" })).toThrow(TypeError);
    expect(sandbox.calls).toEqual([]);
  });
});

it("place names its idempotencyKey among the fields that there are", async () => {
  const request = { caller: "e0", callee, key: "a" };
  await expect(clientOf(sandbox, "classic").place(request)).rejects.toThrow(/key: There is no such field/);
  await expect(clientOf(sandbox, "classic").place(request)).rejects.toMatchObject({
    remedy: expect.stringContaining("idempotencyKey"),
  });
});
