// What clients that nobody here wrote need, and which client needs what: each test names it. sipgateio.test.ts runs
// sipgate's own library itself.
import { describe, expect, it } from "vitest";
import { signIn, statusWith } from "./login-support.js";
import {
  authorizationOf,
  berlin,
  clientFor,
  errorOf,
  onlyCall,
  placeClassic,
  send,
  startSandbox,
  tokenNamed,
} from "./support.js";

type Items = { items: Record<string, unknown>[]; totalCount?: number };

async function itemsAt(name: string, path: string): Promise<Record<string, unknown>[]> {
  const answer = await clientFor(await startSandbox(), name)("GET", path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return (answer.json as Items).items;
}

describe("sipgate's own examples for personal access tokens and OAuth, in four languages", () => {
  it.each(["classic", "neo"])("GET /account, with a token of %s", async (name) => {
    const { status, json } = await clientFor(await startSandbox(), name)("GET", "/account");
    expect(status).toBe(200);
    expect(json).toEqual({
      company: "Sandbox",
      mainProductType: "TEAM",
      logoUrl: "",
      verified: true,
      historyLifeTime: "UNLIMITED",
    });
  });

  it("GET /account, after signing in with the scope account:read and no other", async () => {
    const sandbox = await startSandbox();
    const { access } = await signIn(sandbox, "classic", { scope: "account:read" });
    expect(await statusWith(sandbox, access, "/account")).toBe(200);
    expect(await statusWith(sandbox, access, "/users")).toBe(403);
  });
});

it("A web application that signs its users in for all it might need asks for scopes that it doesn't use", async () => {
  const sandbox = await startSandbox();
  const scope =
    "openid account:read users:read numbers:read settings:read phonelines:read phonelines:numbers:read " +
    "phonelines:devices:read phonelines:forwardings:read phonelines:sipgateio:read settings:sipgateio:read";
  const { access } = await signIn(sandbox, "neo", { scope }, "third-party");
  for (const path of ["/account", "/users", "/numbers", "/w0/phonelines", "/settings/sipgateio"]) {
    expect([path, await statusWith(sandbox, access, path)]).toEqual([path, 200]);
  }
});

it("An integration for home automation validates its token by GET /account", async () => {
  const sandbox = await startSandbox();
  const status = async (name: string) => (await clientFor(sandbox, name)("GET", "/account")).status;
  expect(await status("classic")).toBe(200);
  expect(await status("classic-wrong-password")).toBe(401);
  expect(await status("classic-without-rtcm:read")).toBe(200);
});

describe("fields of a body", () => {
  const ORDER = { caller: "e0", callee: berlin("000") };

  it("A PHP library sends null for the callerId that it wasn't given", async () => {
    const sandbox = await startSandbox();
    const place = clientFor(sandbox, "classic");
    const { status } = await place("POST", "/sessions/calls", { ...ORDER, callerId: null, deviceId: null });
    expect(status).toBe(200);
    expect(onlyCall(sandbox)).toMatchObject({ deviceId: undefined, callerIdShown: "+496990009000" });
  });

  it("null doesn't count as a required field", async () => {
    const sandbox = await startSandbox();
    const answer = await clientFor(sandbox, "classic")("POST", "/sessions/calls", { ...ORDER, callee: null });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).source).toEqual({ pointer: "/callee" });
  });

  it("An older client of sipgate's own sends a phonelineId, which no longer means anything", async () => {
    const sandbox = await startSandbox();
    const place = clientFor(sandbox, "classic");
    expect((await place("POST", "/sessions/calls", { ...ORDER, phonelineId: "p0" })).status).toBe(200);
    expect(onlyCall(sandbox).legs[0]?.endpoints).toEqual(["e0"]);
  });

  it("A strict sandbox refuses unknown fields, and names the first", async () => {
    const sandbox = await startSandbox({ strict: true });
    const place = clientFor(sandbox, "classic");
    const answer = await place("POST", "/sessions/calls", { ...ORDER, "phoneline/Id": "p0", x: 1 });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).source).toEqual({ pointer: "/phoneline~1Id" });
    expect(sandbox.calls).toEqual([]);
    expect((await place("POST", "/sessions/calls", { ...ORDER, callerId: null })).status).toBe(200);
  });
});

describe("an MCP server for sipgate, which reads an account before it changes it", () => {
  it("GET /users and /users/{userId}", async () => {
    const users = await itemsAt("classic", "/users");
    expect(users).toMatchObject([
      { id: "w0", admin: true, defaultDevice: "e0", email: "w0@sandbox.example" },
      { id: "w1", admin: false, defaultDevice: "e9" },
    ]);
    const client = clientFor(await startSandbox(), "classic");
    expect((await client("GET", "/users/w1")).json).toEqual(users[1]);
    expect((await client("GET", "/users/w7")).status).toBe(404);
  });

  it("GET /{userId}/phonelines and the devices of each, where an account has phonelines", async () => {
    expect(await itemsAt("classic", "/w0/phonelines")).toMatchObject([
      { id: "p0", alias: "Main line", numbersUrl: "https://api.sipgate.com/v2/w0/phonelines/p0/numbers" },
    ]);
    expect(await itemsAt("neo-migrated", "/w0/phonelines")).toMatchObject([{ id: "p0" }]);
    const devices = await itemsAt("classic", "/w0/phonelines/p0/devices");
    expect(devices).toMatchObject([{ id: "e0", type: "REGISTER" }, { id: "e3" }]);
  });

  it("Without phonelines, as on neo, it takes the numbers that lead to no endpoint", async () => {
    expect(await itemsAt("neo", "/w0/phonelines")).toEqual([]);
    expect(await itemsAt("neo", "/numbers")).toMatchObject([
      { number: "+496990009000", endpointId: "" },
      { number: "+496990009001", endpointId: "" },
    ]);
    expect(await itemsAt("neo", "/w0/numbers")).toMatchObject([{ number: "+496990009000", endpointId: "" }]);
    const [device] = await itemsAt("neo", "/w0/devices");
    expect(device).toMatchObject({ id: "e0", activePhonelines: [] });
  });

  it.each(["/w1/phonelines", "/w1/phonelines/p1/numbers", "/w1/numbers"])(
    "%s of another user is refused",
    async (path) => {
      expect((await clientFor(await startSandbox(), "classic")("GET", path)).status).toBe(403);
    },
  );

  it.each(["/w7/phonelines", "/w0/phonelines/p1/numbers", "/w0/phonelines/p7/devices", "/w7/numbers"])(
    "%s isn't known",
    async (path) => {
      expect((await clientFor(await startSandbox(), "classic")("GET", path)).status).toBe(404);
    },
  );
});

it("A dialer in a web page lists the phonelines and their numbers to choose a caller ID from", async () => {
  const sandbox = await startSandbox();
  const scope = "devices:read sessions:calls:write numbers:read phonelines:read phonelines:numbers:read";
  const { access } = await signIn(sandbox, "classic", { scope });
  const answer = await send(`${sandbox.baseUrl}/w0/phonelines/p0/numbers`, {
    headers: { authorization: `Bearer ${access}`, origin: "http://localhost:3000" },
  });
  expect(answer.json).toEqual({ items: [{ number: "+496990009000", type: ["LANDLINE"] }] });
  expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
});

it("A telephone system in the cloud reads the user's numbers with GET /{userId}/numbers", async () => {
  expect(await itemsAt("classic", "/w0/numbers")).toMatchObject([
    { id: "4000000", number: "+496990009000", endpointId: "p0" },
  ]);
  expect(await itemsAt("classic-second-user", "/w1/numbers")).toMatchObject([
    { id: "4000001", number: "+496990009001", endpointId: "p1" },
  ]);
});

describe("v3, which assistants on the telephone and programs written with sipgate's unfinished reference use", () => {
  async function v3(name: string, path: string, method = "GET", body?: object) {
    const sandbox = await startSandbox();
    const answer = await send(`${sandbox.baseUrl.replace("/v2", "/v3")}${path}`, {
      method,
      headers: {
        authorization: authorizationOf(tokenNamed(sandbox, name)),
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { sandbox, ...answer };
  }

  it("GET /v3/phone-numbers is a bare array, with blocks, and can be read in pages", async () => {
    const { text } = await v3("classic", "/phone-numbers?offset=0&limit=100");
    expect(JSON.parse(text)).toEqual([
      {
        e164Number: "+496990009000",
        type: "GERMAN_LANDLINE",
        routing: { targetId: "p0", targetType: "PHONELINE", displayAlias: "Main line", targetOwner: "w0" },
      },
      expect.objectContaining({ e164Number: "+496990009001" }),
      {
        e164Number: "+49699000900",
        type: "GERMAN_LANDLINE_BLOCK",
        routing: null,
        numbers: [expect.objectContaining({ e164Number: "+496990009002" })],
      },
    ]);
    expect(JSON.parse((await v3("classic", "/phone-numbers?offset=3&limit=100")).text)).toEqual([]);
  });

  it("On neo a number leads to the channel that its caller ID belongs to", async () => {
    const [first, second] = JSON.parse((await v3("neo", "/phone-numbers")).text);
    expect(first.routing).toMatchObject({ targetId: "channel-main", targetType: "CHANNEL" });
    expect(second.routing).toMatchObject({ targetId: "channel-support", targetType: "CHANNEL" });
    const [none] = JSON.parse((await v3("neo-no-channel", "/phone-numbers")).text);
    expect(none.routing).toMatchObject({ targetId: null, targetType: null });
  });

  it.each(["classic", "neo"])("GET /v3/events has the ended calls of %s", async (name) => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, name);
    if (name === "classic") await placeClassic(client, berlin("486"));
    else await client("POST", "/calls", { deviceId: "e0", targetNumber: berlin("486") });
    await sandbox.clock.advance(60_000);
    const ask = async (query: string) => {
      const answer = await send(`${sandbox.baseUrl.replace("/v2", "/v3")}/events${query}`, {
        headers: { authorization: authorizationOf(tokenNamed(sandbox, name)) },
      });
      return [answer.status, answer.json.totalCount];
    };
    expect(await ask("?types=CALL&limit=50")).toEqual([200, 1]);
    expect(await ask("?status=FAILURE&directions=MISSED_OUTGOING")).toEqual([200, 1]);
    for (const none of [
      "status=SUCCESS",
      "types=FAX",
      "directions=INCOMING",
      "from=2027-01-01",
      "phonenumber=1",
    ]) {
      expect([none, ...(await ask(`?${none}`))]).toEqual([none, 200, 0]);
    }
    expect(await ask("?limit=0")).toEqual([400, undefined]);
    expect(await ask("?status=BUSY")).toEqual([400, undefined]);
  });

  it("POST /v3/devices/register makes a phone with SIP credentials, listed from then on, in this sandbox only", async () => {
    const { sandbox, json, status } = await v3("classic", "/devices/register", "POST", {
      alias: "My phone",
      owner: "w0",
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: "e10",
      type: "REGISTER",
      alias: "My phone",
      online: false,
      sipCredentials: { username: "1000000e10", password: "sip-secret-1000000-e10" },
      registered: [],
    });
    const client = clientFor(sandbox, "classic");
    const devicesOf = async (userId: string, name: string) =>
      ((await clientFor(sandbox, name)("GET", `/${userId}/devices`)).json as Items).items.map(({ id }) => id);
    expect(await devicesOf("w0", "classic")).toContain("e10");
    expect(await devicesOf("w1", "classic-second-user")).not.toContain("e10");
    expect(await devicesOf("w0", "neo")).not.toContain("e10");
    await placeClassic(client, berlin("000"), "e10");
    await sandbox.clock.advance(1_000);
    expect(onlyCall(sandbox).end).toMatchObject({ cause: "unreachable" });
    const other = clientFor(await startSandbox(), "classic");
    expect((await other("GET", "/devices/e10")).status).toBe(404);
  });

  it.each([
    [{ alias: "My phone" }, 400],
    [{ alias: " ", owner: "w0" }, 400],
    [{ alias: "x".repeat(101), owner: "w0" }, 400],
    [{ alias: "My phone", owner: "w1" }, 403],
    [{ alias: "My phone", owner: "w7" }, 404],
  ])("A phone %j isn't made: %d", async (body, status) => {
    expect((await v3("classic", "/devices/register", "POST", body)).status).toBe(status);
  });

  it("An account has a hundred VoIP phones at most", async () => {
    const sandbox = await startSandbox();
    const url = `${sandbox.baseUrl.replace("/v2", "/v3")}/devices/register`;
    const init = {
      method: "POST",
      headers: { authorization: authorizationOf(sandbox.classic), "content-type": "application/json" },
      body: JSON.stringify({ alias: "x", owner: "w0" }),
    };
    const answers: number[] = [];
    for (let count = 0; count < 94; count += 1) answers.push((await send(url, init)).status);
    expect(answers.indexOf(400)).toBe(93);
  });
});
