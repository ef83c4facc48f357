import { describe, expect, it } from "vitest";
import { clientFor, startSandbox } from "./support.js";

type Device = Record<string, unknown>;

async function devices(name: string, path: string): Promise<Device[]> {
  const sandbox = await startSandbox();
  const { json } = await clientFor(sandbox, name)("GET", path);
  return json.items as Device[];
}

const idsOf = (items: Device[]) => items.map(({ id }) => id);

describe("GET /{userId}/devices", () => {
  it("The list has the user's devices, whose flags match their behaviour", async () => {
    const items = await devices("classic", "/w0/devices");
    expect(idsOf(items)).toEqual(["e0", "e1", "e2", "e3", "e4", "e5", "x0", "y0"]);
    expect(items.filter(({ online }) => online === false).map(({ id }) => id)).toEqual(["e1"]);
    expect(items.filter(({ dnd }) => dnd === true).map(({ id }) => id)).toEqual(["e2"]);
    expect(items.map(({ type }) => type).slice(-3)).toEqual(["REGISTER", "EXTERNAL", "MOBILE"]);
  });

  it("Only REGISTER devices have SIP credentials", async () => {
    const items = await devices("classic", "/w0/devices");
    expect(items[0]).toEqual({
      id: "e0",
      alias: "Desk phone",
      type: "REGISTER",
      online: true,
      dnd: false,
      activePhonelines: [{ id: "p0", alias: "Main line" }],
      activeGroups: [{ id: "g0", alias: "Sales" }],
      credentials: {
        username: "1000000e0",
        password: "sip-secret-1000000-e0",
        sipServer: "sipgate.example",
        outboundProxy: "proxy.sipgate.example",
        sipServerWebsocketUrl: "wss://sip.sipgate.example",
      },
      registered: [{ userAgent: "Sandbox phone", ip: "192.0.2.10", port: "5060" }],
    });
    expect(items[1]).toMatchObject({ registered: [] });
    for (const { type, credentials } of items) expect(credentials !== undefined).toBe(type === "REGISTER");
  });

  it.each([
    ["", ["e0", "e1", "e2", "e3", "e4", "e5", "y0", "a0", "a1"]],
    ["?type=all", ["e0", "e1", "e2", "e3", "e4", "e5", "y0", "a0", "a1"]],
    ["?type=app", ["a0", "a1"]],
    ["?type=mobile", ["y0"]],
    ["?type=register", ["e0", "e1", "e2", "e3", "e4", "e5"]],
  ])("The list can be filtered by type on neo: %j", async (query, expected) => {
    expect(idsOf(await devices("neo", `/w0/devices${query}`))).toEqual(expected);
  });

  it("Another user's devices give 403, an unknown user 404, an unknown type 400", async () => {
    const sandbox = await startSandbox();
    const status = async (name: string, path: string) => (await clientFor(sandbox, name)("GET", path)).status;
    expect(await status("classic", "/w1/devices")).toBe(403);
    expect(await status("classic-second-user", "/w1/devices")).toBe(200);
    expect(await status("classic", "/w7/devices")).toBe(404);
    expect(await status("neo", "/w0/devices?type=fax")).toBe(400);
  });
});

describe("a single device", () => {
  it("A single device is the same as in the list", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "classic");
    const { items } = (await client("GET", "/w0/devices")).json;
    expect((await client("GET", "/devices/e2")).json).toEqual((items as Device[])[2]);
    expect((await client("GET", "/devices/e2/callerid")).json).toEqual({ value: "+496990009000" });
  });

  it.each(["", "/callerid"])(
    "Another user's device gives 403, and an unknown one 404: {deviceId}%s",
    async (rest) => {
      const sandbox = await startSandbox();
      const client = clientFor(sandbox, "classic");
      expect((await client("GET", `/devices/e9${rest}`)).status).toBe(403);
      expect((await client("GET", `/devices/e77${rest}`)).status).toBe(404);
    },
  );
});

describe("GET /v3/devices", () => {
  it("Version 3 names the SIP credentials sipCredentials", async () => {
    const items = await devices("neo", "/../v3/devices?userId=w0");
    expect(items[0]).toMatchObject({ id: "e0", sipCredentials: { password: "sip-secret-2000000-e0" } });
    expect(items[0]).not.toHaveProperty("credentials");
  });
});
