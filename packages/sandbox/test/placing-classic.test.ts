import { describe, expect, it } from "vitest";
import { berlin, clientFor, errorOf, startSandbox } from "./support.js";

const VALID = { caller: "e0", callee: berlin("000") };

async function place(body: unknown, token = "classic") {
  const sandbox = await startSandbox();
  const answer = await clientFor(sandbox, token)("POST", "/sessions/calls", body);
  return { sandbox, answer };
}

describe("POST /sessions/calls", () => {
  it("A call is accepted, and nothing rings yet", async () => {
    const { sandbox, answer } = await place({ ...VALID, callerId: berlin("111"), deviceId: "e0" });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json)).toEqual(["sessionId"]);
    expect(sandbox.calls).toMatchObject([
      { id: answer.json.sessionId, platform: "classic", state: "accepted", caller: "e0", deviceId: "e0" },
    ]);
  });

  it("An id looks opaque and encodes number, SIP id and owner", async () => {
    const { answer } = await place(VALID);
    const id = String(answer.json.sessionId);
    expect(id).toMatch(/^[\w-]+$/);
    const content = Buffer.from(id, "base64url").toString();
    expect(content).toContain(berlin("000"));
    expect(content).toContain("1000000");
    expect(content).toContain("w0");
  });

  it.each([
    ["caller missing", { callee: berlin("000") }, "/caller"],
    ["caller blank", { ...VALID, caller: "  " }, "/caller"],
    ["caller of another type", { ...VALID, caller: 0 }, "/caller"],
    ["caller null", { ...VALID, caller: null }, "/caller"],
    ["caller neither extension nor number", { ...VALID, caller: "q0" }, "/caller"],
    ["caller with a leading zero", { ...VALID, caller: "e00" }, "/caller"],
    ["caller number without plus", { ...VALID, caller: "493023125000", deviceId: "e0" }, "/caller"],
    ["caller number without deviceId", { ...VALID, caller: berlin("001") }, "/deviceId"],
    ["callee missing", { caller: "e0" }, "/callee"],
    ["callee blank", { ...VALID, callee: "" }, "/callee"],
    ["callee without plus", { ...VALID, callee: "493023125000" }, "/callee"],
    ["callee in national form", { ...VALID, callee: "03023125000" }, "/callee"],
    ["callee with spaces", { ...VALID, callee: "+49 30 23125000" }, "/callee"],
    ["callee too long", { ...VALID, callee: "+493023125000000000" }, "/callee"],
    ["callee with a lone surrogate", { ...VALID, callee: "\ud800" }, "/callee"],
    ["callee 110", { ...VALID, callee: "110" }, "/callee"],
    ["callee +49112", { ...VALID, callee: "+49112" }, "/callee"],
    ["callerId invalid", { ...VALID, callerId: "me" }, "/callerId"],
    ["deviceId of another form", { ...VALID, deviceId: "0" }, "/deviceId"],
  ])("classic refuses %s with 400 and places no call", async (_name, body, pointer) => {
    const { sandbox, answer } = await place(body);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ status: 400, title: "Bad Request", source: { pointer } });
    expect(sandbox.calls).toEqual([]);
  });

  it.each(["", "  "])("The error for the callee %j says that it is blank", async (callee) => {
    const { answer } = await place({ ...VALID, callee });
    expect(errorOf(answer).detail).toBe("callee must not be blank.");
  });

  it.each([[[]], ["text"], [null], [1]])("classic refuses the body %j", async (body) => {
    const { answer } = await place(body);
    expect(answer.status).toBe(400);
  });

  it("The error for emergency numbers says to dial them on a phone", async () => {
    const { answer } = await place({ ...VALID, callee: "112" });
    expect(errorOf(answer).detail).toMatch(/emergency.*phone/i);
  });

  it.each([
    ["another user's phone as caller", { ...VALID, caller: "e9" }],
    ["another user's phone as deviceId", { ...VALID, deviceId: "e9" }],
    ["a phone that doesn't exist", { ...VALID, caller: "e77" }],
  ])("classic refuses %s with 403", async (_name, body) => {
    const { sandbox, answer } = await place(body);
    expect(answer.status).toBe(403);
    expect(sandbox.calls).toEqual([]);
  });

  it("The owner of a device may call from it", async () => {
    const { answer } = await place({ ...VALID, caller: "e9" }, "classic-second-user");
    expect(answer.status).toBe(200);
  });

  it("An empty balance gives 402", async () => {
    const { sandbox, answer } = await place(VALID, "classic-no-balance");
    expect(answer.status).toBe(402);
    expect(sandbox.calls).toEqual([]);
  });

  it("neo gives 403, as for every account made since September 2025", async () => {
    const { sandbox, answer } = await place(VALID, "neo");
    expect(answer.status).toBe(403);
    expect(errorOf(answer).detail).toBe("This endpoint requires a sipgate Classic PBX Account");
    expect(sandbox.calls).toEqual([]);
  });
});
