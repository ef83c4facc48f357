import { type CallRequest, createClient } from "sipgate-call";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const callee = "+493023125000";
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

/** What isn't fine, as `name: result`, and whether it stops the call. */
async function look(account: string, request: CallRequest): Promise<{ blocked: boolean; notable: string[] }> {
  const found = sandbox.accounts.find(({ name }) => name === account);
  const credentials = { tokenId: found?.tokenId ?? "", token: found?.token ?? "" };
  const client = createClient({ credentials, baseUrl: sandbox.baseUrl });
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

describe("nothing in the way", () => {
  it.each([
    ["classic", { caller: "e0", callee }],
    ["classic", { caller: "x0", callee, deviceId: "e0", callerId: "+496990009001" }],
    ["classic", { caller: "+4915228817386", callee, deviceId: "e0" }],
    ["neo", { caller: "e0", callee }],
  ])("%s %j", async (account, request) => {
    expect(await look(account, request)).toEqual({ blocked: false, notable: [ALWAYS] });
  });
});

describe("what surely stops a call", () => {
  it.each([
    ["classic", { caller: "e1", callee }, "caller: failed"],
    ["classic", { caller: "e2", callee }, "caller: failed"],
    ["classic", { caller: "e9", callee }, "caller: failed"],
    ["classic", { caller: "e0", callee, deviceId: "e9" }, "device: failed"],
    ["neo", { caller: "y0", callee }, "caller: failed"],
  ])("%s %j: %s", async (account, request, expected) => {
    expect(await look(account, request)).toEqual({ blocked: true, notable: [expected, ALWAYS] });
  });

  it("wrong credentials, after which nothing else can be looked at", async () => {
    expect(await look("classic-wrong-password", { caller: "e0", callee })).toEqual({
      blocked: true,
      notable: ["credentials: failed"],
    });
  });

  it("every problem of the request", async () => {
    const { blocked, notable } = await look("classic", { caller: "w0", callee: "112" });
    expect(blocked).toBe(true);
    expect(notable).toEqual(["request: failed", "request: failed"]);
  });
});

describe("doubts", () => {
  it.each([
    ["classic", { caller: "e0", callee, callerId: "+494066969001" }, "caller ID: warning"],
    ["classic-no-balance", { caller: "e0", callee }, "balance: warning"],
    ["neo", { caller: "a0", callee }, "caller: warning"],
    ["neo-no-channel", { caller: "e0", callee }, "channel: warning"],
    ["classic", { caller: "p0", callee }, "caller: unchecked"],
    ["classic-without-devices:read", { caller: "e0", callee }, "caller: unchecked"],
    ["classic-without-balance:read", { caller: "e0", callee }, "balance: unchecked"],
    ["classic-without-groups:read", { caller: "e0", callee }, "platform: unchecked"],
    ["neo-without-channels:read", { caller: "e0", callee }, "channel: unchecked"],
  ])("%s %j: %s", async (account, request, expected) => {
    const { blocked, notable } = await look(account, request);
    expect(blocked).toBe(false);
    expect(notable).toContain(expected);
  });
});

it("asks everything at once: the user once, the platform once", async () => {
  await look("classic", { caller: "e0", callee });
  const asked = sandbox.requests.map(({ path }) => path);
  expect(asked.filter((path) => path.endsWith("/userinfo"))).toHaveLength(1);
  expect(asked.filter((path) => path.endsWith("/groups"))).toHaveLength(1);
});
