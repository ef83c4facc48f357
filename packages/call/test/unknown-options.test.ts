// Options and fields that don't exist are refused everywhere, with the one that was probably meant.
import {
  type Client,
  createClient,
  isCallError,
  oauthCredentials,
  openProfile,
  type Problem,
} from "sipgate-call";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";
import { clientAt } from "./support.js";

const request = { caller: "e0", callee: "+493023125000" };
const credentials = { accessToken: "x" };
let server: AnsweringServer;
let client: Client;

beforeAll(async () => {
  server = await answering({ status: 200, body: '{"items":[],"sessionId":"s"}' });
  client = clientAt(server);
});
afterAll(() => server.close());

async function problemsOf(act: () => unknown): Promise<readonly Problem[]> {
  try {
    await act();
  } catch (error) {
    if (isCallError(error) && "problems" in error) return error.problems;
    throw error;
  }
  throw new Error("It wasn't refused.");
}

/** Each misspelt name, and the one that was meant. */
const meant = (problems: readonly Problem[]) =>
  problems.map(({ field, code, remedy }) => [field, code, /^Did you mean (\w+)\?/.exec(remedy)?.[1]]);

describe.each<[string, object, (given: never) => unknown, string, string | undefined]>([
  ["place's options", { searchfor: 5 }, (given) => client.place(request, given), "searchfor", "searchForMs"],
  ["place's options", { timeout: 5 }, (given) => client.place(request, given), "timeout", "timeoutMs"],
  ["place's request", { ...request, calleee: "x" }, (given) => client.place(given), "calleee", "callee"],
  [
    "place's request",
    { ...request, idempotencykey: "x" },
    (given) => client.place(given),
    "idempotencykey",
    "idempotencyKey",
  ],
  [
    "preflight's request",
    { ...request, callerID: "x" },
    (given) => client.dryRun(given),
    "callerID",
    "callerId",
  ],
  ["preflight's options", { singal: 5 }, (given) => client.preflight(request, given), "singal", "signal"],
  ["devices' options", { singal: 5 }, (given) => client.devices(given), "singal", "signal"],
  ["history's query", { form: "2026-11-01" }, (given) => client.history(given).next(), "form", "from"],
  ["history's query", { callee: "x" }, (given) => client.history(given).next(), "callee", undefined],
  [
    "history's options",
    { tiemoutMs: 5 },
    (given) => client.history({}, given).next(),
    "tiemoutMs",
    "timeoutMs",
  ],
  [
    "follow's options",
    { giveUpAfter: 5 },
    async (given) => (await client.place(request)).follow(given).next(),
    "giveUpAfter",
    "giveUpAfterMs",
  ],
  [
    "follow's options",
    { patiance: 5 },
    async (given) => (await client.place(request)).outcome(given),
    "patiance",
    undefined,
  ],
  ["hangUp's options", { signel: 5 }, (given) => client.call("id").hangUp(given), "signel", "signal"],
  [
    "a transfer",
    { to: "+493023125000", atended: true },
    (given) => client.call("id").transfer(given),
    "atended",
    "attended",
  ],
  [
    "a recording",
    { on: true, anounced: true },
    (given) => client.call("id").record(given),
    "anounced",
    "announced",
  ],
  [
    "a push handler",
    { url: "https://www.example.com/", publickey: "x" },
    (given) => client.createPushHandler(given),
    "publickey",
    "publicKey",
  ],
  [
    "a client",
    { credentials, baseURL: "https://api.sipgate.com/v2" },
    (given) => createClient(given),
    "baseURL",
    "baseUrl",
  ],
  [
    "credentials",
    { acessToken: "x" },
    (given) => createClient({ credentials: given }),
    "acessToken",
    "accessToken",
  ],
  [
    "credentials",
    { tokenID: "x", token: "x" },
    (given) => createClient({ credentials: given }),
    "tokenID",
    "tokenId",
  ],
  ["a stored sign-in", { clok: 5 }, (given) => openProfile("default", given), "clok", "clock"],
])("%s: %j", (_, given, use, field, suggestion) => {
  it(`is refused for ${field}`, async () => {
    const before = server.requests.filter((line) => !line.endsWith("/sessions/calls")).length;
    expect(meant(await problemsOf(() => use(given as never)))).toEqual([
      [field, "unknown-field", suggestion],
    ]);
    expect(server.requests.filter((line) => !line.endsWith("/sessions/calls"))).toHaveLength(before);
  });
});

it("names what is wrong with a request and with options at once", async () => {
  const given = { ...request, calle: "x", caller: "" };
  const problems = await problemsOf(() => client.place(given, { searchfor: 5, timeoutMs: 0 } as never));
  expect(problems.map(({ field }) => field)).toEqual(["searchfor", "timeoutMs", "calle", "caller"]);
});

it("lists all there are beside what was probably meant", async () => {
  const [problem] = await problemsOf(() => client.place({ caller: "e0", calle: "x" } as never));
  expect(problem?.remedy).toBe(
    "Did you mean callee? The fields are caller, callee, callerId, deviceId and idempotencyKey.",
  );
});

it("takes two letters in the wrong order for one mistake", async () => {
  expect(meant(await problemsOf(() => client.history({ ot: "2026-11-01" } as never).next()))).toEqual([
    ["ot", "unknown-field", "to"],
  ]);
});

describe("credentials", () => {
  const refused = (given: object) => problemsOf(() => createClient({ credentials: given as never }));

  it("of both kinds at once are refused", async () => {
    const problems = await refused({ tokenId: "x", token: "x", accessToken: "x" });
    expect(problems).toMatchObject([
      { field: "credentials", message: expect.stringContaining("one of them") },
    ]);
  });

  it("may have the other kind's field as undefined", () => {
    const given = { tokenId: "x", token: "x", accessToken: undefined };
    expect(() => createClient({ credentials: given as never })).not.toThrow();
    const other = { tokenId: undefined, accessToken: "x" };
    expect(() => createClient({ credentials: other as never })).not.toThrow();
  });

  it("that renew themselves need all their methods", async () => {
    expect(await refused({ tokenAfter: async () => "x" })).toMatchObject([{ field: "credentials" }]);
  });

  it("of a sign-in are judged as a whole", async () => {
    const given = { clientID: "x", clientSecret: "a b", store: {}, howToSignIn: 5 };
    const problems = await problemsOf(() => oauthCredentials(given as never));
    expect(problems.map(({ field }) => field)).toEqual([
      "clientID",
      "clientId",
      "clientSecret",
      "store",
      "howToSignIn",
    ]);
    expect(await problemsOf(() => oauthCredentials(null as never))).toMatchObject([{ field: "options" }]);
  });
});

it("everything that's wrong with a push handler is named at once", async () => {
  const given = { url: "ftp://x", publicKey: "x", key: "x" };
  const problems = await problemsOf(() => client.createPushHandler(given as never));
  expect(problems.map(({ field }) => field)).toEqual(["key", "url", "publicKey"]);
});

it("an idempotency store needs all its methods", async () => {
  const given = { credentials, idempotencyStore: { latest: async () => undefined } };
  expect(await problemsOf(() => createClient(given as never))).toMatchObject([{ field: "idempotencyStore" }]);
});

describe("timeoutMs of a request", () => {
  it.each([0, -1, Number.NaN, 600_001, "5"])("can't be %j", async (timeoutMs) => {
    expect(await problemsOf(() => client.balance({ timeoutMs } as never))).toMatchObject([
      { field: "timeoutMs", code: "invalid" },
    ]);
  });

  it.each<[string, (silent: Client) => Promise<unknown>]>([
    ["balance", (silent) => silent.balance({ timeoutMs: 20 })],
    ["platform", (silent) => silent.platform({ timeoutMs: 20 })],
    ["history", (silent) => silent.history({}, { timeoutMs: 20 }).next()],
    ["place", (silent) => silent.place(request, { timeoutMs: 20, searchForMs: 0 })],
    ["hangUp", (silent) => silent.call("id").hangUp({ timeoutMs: 20 })],
  ])("bounds %s, whatever the client's own is", async (_, ask) => {
    const { createServer } = await import("node:http");
    const mute = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => mute.once("listening", resolve));
    const address = mute.address();
    const port = typeof address === "object" ? address?.port : 0;
    const silent = clientAt(
      { baseUrl: `http://127.0.0.1:${port}/v2` },
      { timeoutMs: 600_000, platform: "auto" },
    );
    await expect(ask(silent)).rejects.toMatchObject({ code: "timeout" });
    mute.closeAllConnections();
    mute.close();
  });
});
