import { type CallRequest, checkCallRequest, InvalidRequestError } from "sipgate-call";
import { describe, expect, it } from "vitest";

const callee = "+493023125000";

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

describe("valid combinations", () => {
  it.each([
    [{ caller: "e0", callee }],
    [{ caller: "e0", callee, deviceId: "e1" }],
    [{ caller: "p0", callee, callerId: "+494066969000" }],
    [{ caller: "y12", callee, deviceId: "x0", callerId: "+494066969000" }],
    [{ caller: "+4915228817386", callee, deviceId: "e0" }],
    [{ caller: "+4915228817386", callee, deviceId: "e0", callerId: "+494066969000" }],
  ])("%j", async (request) => {
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

it("takes extensions in any case", async () => {
  expect(await checkCallRequest({ caller: "E0", callee, deviceId: "X1" })).toEqual({
    caller: "e0",
    callee,
    deviceId: "x1",
  });
});

it("offers the numbers that a field may mean", async () => {
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

describe("invalid requests", () => {
  it("names every problem at once", async () => {
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
  ])("%j: %j", async (request, expected) => {
    expect(await problemsOf(request)).toEqual(expected);
  });
});
