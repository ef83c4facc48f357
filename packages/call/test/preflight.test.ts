import type { CallRequest } from "sipgate-call";
import { createManualClock, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, answering, misbehaving } from "./answers.js";
import { clientAt, clientOf, passUntil, strictSandbox } from "./support.js";

const callee = "+493023125000";
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

/** What isn't fine, as `name: result`, and whether it stops the call. */
async function look(account: string, request: CallRequest): Promise<{ blocked: boolean; notable: string[] }> {
  const client = clientOf(sandbox, account, { platform: "auto" });
  const { blocked, checks } = await client.preflight(request);
  expect(sandbox.calls).toEqual([]);
  for (const { result, message, remedy } of checks) {
    expect(message).not.toBe("");
    if (result === "failed" || result === "warning") expect(remedy).not.toBe("");
  }
  return {
    blocked,
    notable: checks.filter(({ result }) => result !== "ok").map(({ name, result }) => `${name}: ${result}`),
  };
}

// Whether a token may place calls shows only when it does.
const ALWAYS = "permission: unchecked";

describe("a preflight of a call that should work", () => {
  it.each([
    ["classic", { caller: "e0", callee }],
    ["classic", { caller: "x0", callee, deviceId: "e0", callerId: "+496990009001" }],
    ["classic", { caller: "+4915228817386", callee, deviceId: "e0" }],
    ["classic", { caller: "p0", callee }],
    ["classic", { caller: "+4915228817386", callee, deviceId: "p0" }],
    ["neo", { caller: "e0", callee }],
  ])("on %s finds nothing in the way of %j", async (account, request) => {
    expect(await look(account, request)).toEqual({ blocked: false, notable: [ALWAYS] });
  });
});

describe("a preflight of a call that can't work", () => {
  it.each([
    ["classic", { caller: "e1", callee }, "caller: failed"],
    ["classic", { caller: "e2", callee }, "caller: failed"],
    ["classic", { caller: "e9", callee }, "caller: failed"],
    ["classic", { caller: "e0", callee, deviceId: "e9" }, "device: failed"],
    ["neo", { caller: "y0", callee }, "caller: failed"],
    ["neo", { caller: "+4915228817386", callee, deviceId: "e0" }, "caller: failed"],
    ["neo", { caller: "e0", callee, deviceId: "a0" }, "device: failed"],
  ])("%s %j: %s", async (account, request, expected) => {
    expect(await look(account, request)).toEqual({ blocked: true, notable: [expected, ALWAYS] });
  });

  it("says that a password has to be reset", async () => {
    expect(await look("classic-password-reset", { caller: "e0", callee })).toEqual({
      blocked: true,
      notable: ["credentials: failed"],
    });
  });

  it("says that credentials are wrong, and checks nothing else", async () => {
    expect(await look("classic-wrong-password", { caller: "e0", callee })).toEqual({
      blocked: true,
      notable: ["credentials: failed"],
    });
  });

  it("names every problem of the request", async () => {
    const { blocked, notable } = await look("classic", { caller: "w0", callee: "112" });
    expect(blocked).toBe(true);
    expect(notable).toEqual(["request: failed", "request: failed"]);
  });
});

describe("a preflight of a doubtful call", () => {
  it.each([
    ["classic", { caller: "e0", callee, callerId: "+494066969001" }, "caller ID: warning"],
    ["classic-no-balance", { caller: "e0", callee }, "balance: warning"],
    ["neo", { caller: "a0", callee }, "caller: warning"],
    ["neo-no-channel", { caller: "e0", callee }, "channel: warning"],
    ["classic", { caller: "p1", callee }, "caller: unchecked"],
    ["classic", { caller: "+4915228817386", callee, deviceId: "p1" }, "device: unchecked"],
    ["classic-without-devices:read", { caller: "e0", callee }, "caller: unchecked"],
    ["classic-without-balance:read", { caller: "e0", callee }, "balance: unchecked"],
    ["classic-without-groups:read", { caller: "e0", callee }, "platform: unchecked"],
    ["neo-without-channels:read", { caller: "e0", callee }, "channel: unchecked"],
    ["classic-without-callrestrictions:read", { caller: "e0", callee }, "restrictions: unchecked"],
    ["classic-without-rtcm:read", { caller: "e0", callee }, "following: warning"],
    ["classic-without-history:read", { caller: "e0", callee }, "following: warning"],
    ["neo-without-rtcm:read", { caller: "e0", callee }, "following: warning"],
  ])("%s %j: %s", async (account, request, expected) => {
    const { blocked, notable } = await look(account, request);
    expect(blocked).toBe(false);
    expect(notable).toContain(expected);
  });
});

it("a preflight asks for everything at once: the user once, the platform once", async () => {
  await look("classic", { caller: "e0", callee });
  const asked = sandbox.requests.map(({ path }) => path);
  expect(asked.filter((path) => path.endsWith("/userinfo"))).toHaveLength(1);
  expect(asked.filter((path) => path.endsWith("/groups"))).toHaveLength(1);
});

it("a preflight asks for nothing that doesn't matter to the call", async () => {
  await look("classic", { caller: "e0", callee });
  const asked = sandbox.requests.map(({ path }) => path);
  expect(asked).not.toContain("/v2/numbers");
  expect(asked.filter((path) => path === "/v2/channels")).toHaveLength(1); // Asks for the platform.
});

describe("a preflight judges call restrictions", () => {
  it.each([
    ["+493023125000", { foreignSpecial: true, highCostForeignNumbers: true, roaming: true }, "ok"],
    ["+493023125000", { charged: true }, "warning"],
    ["+442079460000", { highCostForeignNumbers: true }, "warning"],
    ["+442079460000", { charged: false }, "ok"],
  ])("for a call to %s, %j: %s", async (number, restrictions, expected) => {
    const server = await answering((path) => {
      if (path.endsWith("/callrestrictions")) return { status: 200, body: JSON.stringify(restrictions) };
      return { status: 200, body: '{"sub":"w0","items":[],"data":[],"amount":1,"currency":"EUR"}' };
    });
    const client = clientAt(server);
    const { checks } = await client.preflight({ caller: "p0", callee: number });
    await server.close();
    expect(checks.find(({ name }) => name === "restrictions")?.result).toBe(expected);
  });
});

describe("a phone line as the caller", () => {
  it.each([
    [[{ online: false }, { online: true }], "ok"],
    [[{ online: false }, { online: true, dnd: true }], "failed"],
    [[{}], "ok"], // sipgate doesn't say.
  ])("that rings %j gives this result: %s", async (phones, expected) => {
    const items = phones.map((phone, index) => ({
      id: `e${index}`,
      type: "REGISTER",
      activePhonelines: [{ id: "p0", alias: "Line" }],
      ...phone,
    }));
    const server = await answering((path) => ({
      status: 200,
      body: path.endsWith("/devices")
        ? JSON.stringify({ items })
        : '{"sub":"w0","items":[],"data":[],"amount":1,"currency":"EUR"}',
    }));
    const client = clientAt(server);
    const { checks } = await client.preflight({ caller: "p0", callee });
    await server.close();
    expect(checks.find(({ name }) => name === "caller")?.result).toBe(expected);
  });
});

describe("a phone line and a device", () => {
  it.each([
    ["e0", "warning", "With p0 as the caller all phones of that line ring, not e0 alone (reported)."],
    ["E0", "warning", "With p0 as the caller all phones of that line ring, not e0 alone (reported)."],
    [
      "e4",
      "warning",
      "With p0 as the caller only phones of that line ring (reported): e4 isn't one and wouldn't.",
    ],
    ["e9", "failed", "e9 is none of your devices."],
    ["p0", undefined, undefined],
  ])("gives this result for p0 with %s: %s", async (deviceId, result, message) => {
    const client = clientOf(sandbox, "classic");
    const { checks } = await client.preflight({ caller: "p0", callee, deviceId });
    const device = checks.find(({ name }) => name === "device");
    expect([device?.result, device?.message]).toEqual([result, message]);
  });
});

describe("finding out the platform", () => {
  const answers = (path: string): Answer => {
    if (path.endsWith("/w0/devices")) {
      return { status: 200, body: '{"items":[{"id":"e0","type":"REGISTER","online":false}]}' };
    }
    return { status: 200, body: '{"sub":"w0","items":[],"data":[],"amount":1,"currency":"EUR"}' };
  };

  it.each(["/channels", "/groups"])("doesn't depend on %s alone", async (broken) => {
    const server = await answering((path) => (path.endsWith(broken) ? { status: 500 } : answers(path)));
    const client = clientAt(server, { platform: "auto" });
    expect(await client.platform()).toBe(broken === "/channels" ? "classic" : "neo");
    const { checks } = await client.preflight({ caller: "e0", callee });
    await server.close();
    expect(checks.find(({ name }) => name === "caller")).toMatchObject({ result: "failed" });
  });
});

describe("a server that doesn't answer", () => {
  it("isn't waited for, nor is anything left of the wait", async () => {
    let open = 0;
    const silent = await misbehaving((socket) => {
      open += 1;
      socket.on("close", () => {
        open -= 1;
      });
    });
    const clock = createManualClock();
    const looking = clientAt(silent, { platform: "auto", clock }).preflight({ caller: "e0", callee });
    const begun = clock.monotonicMs();
    const { blocked, checks } = await passUntil(clock, looking);
    expect(clock.monotonicMs() - begun).toBe(5_000);
    await expect.poll(() => open).toBe(0);
    await silent.close();
    expect(blocked).toBe(false);
    for (const name of ["credentials", "platform", "caller", "balance"]) {
      expect(checks.find((check) => check.name === name)).toMatchObject({
        result: "unchecked",
        message: "sipgate didn't answer within 5 seconds.",
      });
    }
  });

  it("is given up once the signal aborts", async () => {
    const stop = new AbortController();
    const silent = await misbehaving((socket) => socket.once("data", () => stop.abort()));
    const client = clientAt(silent, { platform: "auto" });
    const looked = client.preflight({ caller: "e0", callee }, { signal: stop.signal });
    await expect(looked).rejects.toMatchObject({ code: "aborted", placed: "no" });
    await silent.close();
  });
});

/** The checks of one call at a server that gives these answers to requests whose paths end so; empty lists to others. */
async function checksAt(
  answers: Readonly<Record<string, Answer>>,
  request: CallRequest,
  platform: "auto" | "classic" = "classic",
) {
  const server = await answering((path) => {
    const given = Object.entries(answers).find(([end]) => path.split("?")[0]?.endsWith(end))?.[1];
    return given ?? { status: 200, body: '{"sub":"w0","items":[],"data":[],"amount":1,"currency":"EUR"}' };
  });
  const { checks } = await clientAt(server, { platform }).preflight(request);
  await server.close();
  return (name: string) => checks.find((check) => check.name === name);
}
const items = (...found: object[]): Answer => ({ status: 200, body: JSON.stringify({ items: found }) });

it("a preflight lists everything that was checked, also what is fine", async () => {
  const client = clientOf(sandbox, "classic", { platform: "auto" });
  const request = { caller: "e0", callee, deviceId: "x0", callerId: "+496990009001" };
  const { checks } = await client.preflight(request);
  expect(checks.map(({ name, result, message }) => `${name}: ${result}: ${message}`)).toEqual([
    "credentials: ok: Valid, of user w0.",
    "platform: ok: The account is on sipgate's classic platform.",
    "request: ok: +493023125000 can be dialled.",
    "caller: ok: e0 is yours and online.",
    "device: ok: x0 is yours.",
    "caller ID: ok: +496990009001 is the account's.",
    "restrictions: ok: None that concerns this number.",
    expect.stringMatching(/^balance: ok: \d.* EUR, as sipgate gives it\.$/),
    "permission: unchecked: Whether the token may place calls (scope sessions:calls:write) shows only when it does.",
    "following: ok: The call can be followed to its end.",
  ]);
});

describe("one check of a preflight", () => {
  const phone = { id: "e0", type: "REGISTER", online: true };
  const ofLine = { activePhonelines: [{ id: "p0", alias: "Line" }] };

  it("says that the token may not read whose it is, which isn't a refusal", async () => {
    const check = await checksAt({ "/userinfo": { status: 403 } }, { caller: "p0", callee });
    expect(check("credentials")).toMatchObject({
      result: "unchecked",
      message: "The token may not read it.",
    });
  });

  it("says why the platform isn't known", async () => {
    const mute = { "/groups": { status: 200, body: "" }, "/channels": { status: 200, body: "" } };
    const silent = await checksAt(mute, { caller: "p0", callee }, "auto");
    expect(silent("platform")).toMatchObject({ message: "sipgate's answers don't tell." });
    const unknown = await checksAt(
      { ...mute, "/userinfo": { status: 500 } },
      { caller: "p0", callee },
      "auto",
    );
    expect(unknown("platform")).toMatchObject({ message: expect.stringContaining("500") });
  });

  it("says if it isn't known whether the phone is online, and counts a mobile phone's state for nothing", async () => {
    const silent = await checksAt(
      { "/devices": items({ ...phone, online: undefined }) },
      { caller: "e0", callee },
    );
    expect(silent("caller")).toMatchObject({ result: "ok", message: "e0 is yours." });
    const mobile = { id: "y0", type: "MOBILE", online: false };
    const offline = await checksAt({ "/devices": items(mobile) }, { caller: "y0", callee });
    expect(offline("caller")).toMatchObject({ result: "ok", message: "y0 is yours." });
  });

  it("names your devices, if there are any", async () => {
    const none = await checksAt({}, { caller: "e5", callee });
    expect(none("caller")).toMatchObject({ message: "e5 is none of your devices.", remedy: "" });
    const two = items(phone, { ...phone, id: "x0" });
    const some = await checksAt({ "/devices": two }, { caller: "e5", callee });
    expect(some("caller")).toMatchObject({ remedy: "Yours are e0, x0." });
  });

  it("takes a phone line as the device even if its phones are offline", async () => {
    const offline = items(
      { ...phone, ...ofLine, online: false },
      { ...phone, ...ofLine, id: "x0", dnd: true },
    );
    const request = { caller: "+4915228817386", callee, deviceId: "p0" };
    const check = await checksAt({ "/devices": offline }, request);
    expect(check("device")).toMatchObject({ result: "ok", message: "p0 is a phone line: it rings e0, x0." });
  });

  it("says that the account's numbers can't be read, if a caller ID is to be shown", async () => {
    const request = { caller: "p0", callee, callerId: "+496990009001" };
    const check = await checksAt({ "/numbers": { status: 403 } }, request);
    expect(check("caller ID")).toMatchObject({ result: "unchecked", message: "The token may not read it." });
  });
});
