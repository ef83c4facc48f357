import type { ClientOptions } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientOf, strictSandbox } from "./support.js";

const callee = "+493023125000";
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

/** A client that isn't told the platform, unless by its options. */
const client = (name: string, options: Partial<ClientOptions> = {}) =>
  clientOf(sandbox, name, { platform: "auto", ...options });

const asked = () =>
  sandbox.requests.map(({ method, path, status }) => `${method} ${path.replace("/v2", "")} ${status}`);

describe("placing on classic", () => {
  it.each([
    [{ caller: "e0", callee }, "+496990009000"],
    [{ caller: "e0", callee, deviceId: "e1" }, "+496990009000"],
    [{ caller: "p0", callee, callerId: "+496990009001" }, "+496990009001"],
    [{ caller: "+4915228817386", callee, deviceId: "e0" }, "+496990009000"],
    [{ caller: "+4915228817386", callee, deviceId: "e0", callerId: "+496990009001" }, "+496990009001"],
  ])("calls as asked: %j", async (request, shown) => {
    const call = await client("classic").place(request);
    expect(call).toMatchObject({ platform: "classic", response: { status: 200 }, warnings: [] });
    expect(call.sessionId).toBe(call.callId);
    expect(JSON.parse(call.response?.body ?? "")).toEqual({ sessionId: call.callId });
    expect(sandbox.calls).toEqual([
      expect.objectContaining({ id: call.callId, caller: request.caller, callee, callerIdShown: shown }),
    ]);
    expect(asked()).toEqual(["POST /sessions/calls 200"]);
  });

  it("isn't tried twice if it is refused", async () => {
    await expect(client("classic-no-balance").place({ caller: "e0", callee })).rejects.toMatchObject({
      code: "insufficient-funds",
      placed: "no",
    });
    expect(asked()).toEqual(["POST /sessions/calls 402"]);
    expect(sandbox.calls).toEqual([]);
  });

  it("is refused with a device of somebody else's", async () => {
    await expect(client("classic").place({ caller: "e9", callee })).rejects.toMatchObject({
      code: "forbidden",
      placed: "no",
    });
    expect(sandbox.calls).toEqual([]);
  });
});

describe("placing on neo", () => {
  it("names the channel that holds the device", async () => {
    const call = await client("neo", { platform: "neo" }).place({
      caller: "e0",
      callee,
      callerId: "+496990009001",
    });
    expect(call).toMatchObject({ platform: "neo", response: { status: 200 }, warnings: [] });
    const [placed] = sandbox.calls;
    expect(placed).toMatchObject({
      id: call.callId,
      caller: "e0",
      callee,
      callerIdShown: "+496990009001",
    });
    expect(placed?.channelId).toBe("channel-main");
  });

  it.each(["neo", "neo-session-id", "neo-call-sid"])("takes the id from %s", async (name) => {
    const call = await client(name, { platform: "neo" }).place({ caller: "e0", callee });
    expect(call.callId).toBe(sandbox.calls[0]?.id);
  });

  it("writes the number without plus, only after a 400", async () => {
    await client("neo-no-plus", { platform: "neo" }).place({ caller: "e0", callee });
    expect(asked().filter((request) => request.startsWith("POST"))).toEqual([
      "POST /calls 400",
      "POST /calls 200",
    ]);
    expect(sandbox.calls).toHaveLength(1);
  });

  it("asks who the user is only once", async () => {
    const neo = client("neo", { platform: "neo" });
    await neo.place({ caller: "e0", callee });
    await neo.place({ caller: "e0", callee });
    expect(asked().filter((request) => request.includes("userinfo"))).toHaveLength(1);
  });

  it("takes the user's first channel if none holds the device, and warns as the preflight does", async () => {
    const neo = client("neo-no-channel", { platform: "neo" });
    const { checks } = await neo.preflight({ caller: "e0", callee });
    const doubt = checks.find(({ name }) => name === "channel");
    const { warnings } = await neo.place({ caller: "e0", callee });
    expect(warnings).toEqual([`${doubt?.message} ${doubt?.remedy}`]);
    expect(sandbox.calls[0]?.channelId).toBe("channel-main");
  });

  it("warns if channels can't be read", async () => {
    const hidden = await client("neo-without-channels:read", { platform: "neo" }).place({
      caller: "e0",
      callee,
    });
    expect(hidden.warnings.join()).toContain("channels:read");
  });

  it("refuses what neo can't do before anything is sent", async () => {
    const neo = client("neo", { platform: "neo" });
    await expect(neo.place({ caller: "+4915228817386", callee, deviceId: "e0" })).rejects.toMatchObject({
      code: "invalid-request",
      problems: [{ field: "caller" }],
    });
    await expect(neo.place({ caller: "e0", callee, deviceId: "e1" })).rejects.toMatchObject({
      problems: [{ field: "deviceId" }],
    });
    expect(asked()).toEqual([]);
  });

  it("calls from the desktop app", async () => {
    await client("neo", { platform: "neo" }).place({ caller: "a0", callee });
    expect(sandbox.calls).toMatchObject([{ caller: "a0", channelId: "channel-main" }]);
  });

  it("tells of a device that can't call", async () => {
    await expect(client("neo", { platform: "neo" }).place({ caller: "y0", callee })).rejects.toMatchObject({
      code: "request-refused",
      message: expect.stringContaining("Invalid invitable device"),
    });
  });
});

describe("finding the platform", () => {
  it("costs classic nothing", async () => {
    await client("classic").place({ caller: "e0", callee });
    expect(asked()).toEqual(["POST /sessions/calls 200"]);
  });

  it("goes on to neo after the telling 403, and remembers", async () => {
    const auto = client("neo");
    expect(await auto.place({ caller: "e0", callee })).toMatchObject({ platform: "neo" });
    await auto.place({ caller: "e0", callee });
    expect(asked().filter((request) => request.includes("/sessions/calls"))).toEqual([
      "POST /sessions/calls 403",
    ]);
    expect(sandbox.calls).toHaveLength(2);
  });

  it("reads it from an access token, without asking", async () => {
    expect(await client("neo-bearer").platform()).toBe("neo");
    expect(await client("classic-bearer").platform()).toBe("classic");
    expect(asked()).toEqual([]);
    expect(await client("neo-bearer").place({ caller: "e0", callee })).toMatchObject({
      platform: "neo",
    });
    expect(asked()).not.toContainEqual(expect.stringContaining("sessions"));
  });

  it.each([
    ["classic", "classic"],
    ["neo", "neo"],
    ["classic-without-groups:read", undefined],
    ["neo-without-channels:read", "neo"],
  ])("asks if nothing tells: %s", async (name, platform) => {
    expect(await client(name).platform()).toBe(platform);
  });

  it("doesn't take every 403 for neo", async () => {
    await expect(
      client("classic-without-sessions:calls:write").place({ caller: "e0", callee }),
    ).rejects.toMatchObject({
      code: "forbidden",
      reason: "missing-scope",
      remedy: expect.stringContaining("sessions:calls:write"),
    });
    expect(asked()).not.toContainEqual(expect.stringContaining("POST /calls"));
  });
});

describe("what is refused", () => {
  it.each([
    ["classic-wrong-password", "unauthorized"],
    ["classic-bearer-expired", "unauthorized"],
    ["classic-password-reset", "forbidden"],
    ["classic-rate-limited", "rate-limited"],
    ["classic-no-balance", "insufficient-funds"],
    ["neo-no-balance", "insufficient-funds"],
    ["neo-without-rtcm:write", "forbidden"],
  ])("%s is %s, and nothing was dialled", async (name, code) => {
    await expect(client(name).place({ caller: "e0", callee })).rejects.toMatchObject({ code, placed: "no" });
    expect(sandbox.calls).toEqual([]);
  });

  it("a broken server leaves it unknown whether it was dialled", async () => {
    const placing = client("classic-broken-server").place({ caller: "e0", callee }, { searchForMs: 0 });
    await expect(placing).rejects.toMatchObject({
      code: "server-error",
      placed: "unknown",
      message: expect.stringContaining("It said: "),
    });
  });
});

describe("a dry run", () => {
  it("is what would be sent, without credentials, and sends nothing", async () => {
    const [classic, neo] = await client("classic").dryRun({ caller: "e0", callee: "030/23125000" });
    expect(classic).toMatchObject({
      platform: "classic",
      method: "POST",
      url: `${sandbox.baseUrl}/sessions/calls`,
      headers: { authorization: "Basic (redacted)", "content-type": "application/json" },
      body: { caller: "e0", callee },
    });
    expect(neo).toMatchObject({
      platform: "neo",
      url: `${sandbox.baseUrl}/calls`,
      body: { deviceId: "e0", targetNumber: callee },
    });
    expect(asked()).toEqual([]);
  });
});
