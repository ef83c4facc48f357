// Access tokens that are renewed as they end: when, how often, and what becomes of them if that fails.
import { inspect } from "node:util";
import {
  type Client,
  type ClientOptions,
  createClient,
  oauthCredentials,
  type TokenStore,
} from "sipgate-call";
import { createManualClock } from "sipgate-sandbox";
import { afterEach, describe, expect, it } from "vitest";
import { type Answer, type AnsweringServer, answering, misbehaving } from "./answers.js";
import { accessToken, memoryStore, renewedAnswer, tokens } from "./sign-ins.js";
import { passUntil } from "./support.js";

const REQUEST = { caller: "e0", callee: "+493023125001" };
const TOKEN_PATH = "/auth/realms/sipgate-apps/protocol/openid-connect/token";
const PLACED: Answer = { status: 200, body: '{"sessionId":"1"}' };
const REFUSED: Answer = { status: 401, body: "" };
const json = { "content-type": "application/json" };

const open: AnsweringServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** sipgate's API and its login in one: each answers with the next of its answers, and at last with the same again. */
async function sipgate(
  login: readonly Answer[],
  api: readonly Answer[] = [PLACED],
): Promise<AnsweringServer> {
  const left = { login: [...login], api: [...api] };
  const next = (answers: Answer[]) => (answers.length > 1 ? answers.shift() : answers[0]) ?? PLACED;
  const server = await answering((path) => next(path.includes("/auth/") ? left.login : left.api));
  open.push(server);
  return server;
}

const renewed = (name: string): Answer => ({ status: 200, headers: json, body: renewedAnswer(name) });
const refusedAs = (error: string, status = 400): Answer => ({
  status,
  headers: json,
  body: JSON.stringify({ error, error_description: "Token is not active" }),
});

function clientOf(
  server: AnsweringServer,
  store: TokenStore,
  loginUrl = server.baseUrl,
  options: Partial<ClientOptions> = {},
): Client {
  const { clock } = options;
  const credentials = oauthCredentials({ clientId: "id", clientSecret: "hush-hush", loginUrl, store, clock });
  return createClient({ credentials, baseUrl: server.baseUrl, ...options });
}

const asked = (server: AnsweringServer) =>
  server.requests.map((request) => (request.endsWith(TOKEN_PATH) ? "renewal" : request));
const callRequests = (server: AnsweringServer) =>
  server.headers.filter((_, index) => server.requests[index] === "POST /v2/sessions/calls");

describe("an access token", () => {
  it("that lasts is used, and names the platform: one request places a call", async () => {
    const server = await sipgate([]);
    await clientOf(server, memoryStore(tokens(230))).place(REQUEST);
    expect(asked(server)).toEqual(["POST /v2/sessions/calls"]);
  });

  it("that is about to end is renewed once, for all who ask", async () => {
    const server = await sipgate([renewed("second")]);
    const store = memoryStore(tokens(250));
    const client = clientOf(server, store);
    await Promise.all(Array.from({ length: 10 }, () => client.place(REQUEST)));
    expect(asked(server).filter((request) => request === "renewal")).toHaveLength(1);
    const used = new Set(callRequests(server).map(({ authorization }) => authorization));
    expect(used).toEqual(new Set([`Bearer ${accessToken("second")}`]));
    expect(store.kept).toMatchObject({ refreshToken: "refresh-second", refreshExpiresInSeconds: 2_592_000 });
    expect(store.kept?.renewing).toBeUndefined();
  });

  it("is used for four of its five minutes", async () => {
    const server = await sipgate([renewed("second")]);
    const clock = createManualClock();
    const client = clientOf(server, memoryStore(tokens(0, "first", clock)), server.baseUrl, { clock });
    await clock.advance(239_999);
    await client.place(REQUEST);
    expect(asked(server)).toEqual(["POST /v2/sessions/calls"]);
    await clock.advance(1);
    await client.place(REQUEST);
    expect(asked(server).slice(1)).toEqual(["renewal", "POST /v2/sessions/calls"]);
  });

  it("is renewed where this machine's clock was set back", async () => {
    const server = await sipgate([renewed("second")]);
    await clientOf(server, memoryStore(tokens(-3_600))).place(REQUEST);
    expect(asked(server)).toEqual(["renewal", "POST /v2/sessions/calls"]);
  });

  it("that another has renewed meanwhile is taken from the store", async () => {
    const server = await sipgate([]);
    const store = memoryStore(tokens(250));
    const exclusively: TokenStore["exclusively"] = async (work) => {
      store.kept = tokens(0, "theirs");
      return work();
    };
    await clientOf(server, { ...store, load: async () => store.kept, exclusively }).place(REQUEST);
    expect(asked(server)).toEqual(["POST /v2/sessions/calls"]);
    expect(server.headers[0]?.authorization).toBe(`Bearer ${accessToken("theirs")}`);
  });

  it("that has ended names the platform in a plan, and nothing is sent", async () => {
    const server = await sipgate([]);
    expect(await clientOf(server, memoryStore(tokens(900))).dryRun(REQUEST)).toHaveLength(1);
    expect(server.requests).toEqual([]);
  });

  it("the outcome of a renewal that takes too long is told by then, and is used later", async () => {
    let release = () => {};
    const held = await misbehaving((socket) => {
      socket.once("data", () => {
        release = () => {
          const body = renewedAnswer("second");
          const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
          socket.end(head + body);
        };
      });
    });
    open.push(held);
    const server = await sipgate([]);
    const store = memoryStore(tokens(900));
    const clock = createManualClock();
    const client = clientOf(server, store, held.baseUrl, { clock, timeoutMs: 5_000 });
    await expect(passUntil(clock, client.place(REQUEST))).rejects.toMatchObject({
      code: "timeout",
      placed: "no",
    });
    release();
    await expect.poll(() => store.kept?.refreshToken, { timeout: 10_000 }).toBe("refresh-second");
    await client.place(REQUEST);
    expect(held.requests).toHaveLength(1);
  });
});

describe("a token that sipgate refuses", () => {
  it("is renewed, and the call request is sent again: a refusal dials nothing", async () => {
    const server = await sipgate([renewed("second")], [REFUSED, PLACED]);
    await clientOf(server, memoryStore(tokens(0))).place(REQUEST);
    expect(asked(server)).toEqual(["POST /v2/sessions/calls", "renewal", "POST /v2/sessions/calls"]);
  });

  it("is renewed once for each request, and no more", async () => {
    const server = await sipgate([renewed("second")], [REFUSED]);
    const client = clientOf(server, memoryStore(tokens(0)));
    await expect(client.place(REQUEST)).rejects.toMatchObject({
      code: "unauthorized",
      placed: "no",
      remedy: expect.stringContaining("Sign in again"),
    });
    expect(callRequests(server)).toHaveLength(2);
  });

  it("isn't renewed a second time if the request is tried again for another reason", async () => {
    const server = await sipgate([renewed("second")], [REFUSED, { status: 503 }, REFUSED]);
    await expect(clientOf(server, memoryStore(tokens(0))).balance()).rejects.toMatchObject({
      code: "unauthorized",
    });
    expect(asked(server)).toEqual(["GET /v2/balance", "renewal", "GET /v2/balance", "GET /v2/balance"]);
  });

  it("is renewed once for all requests that were refused at the same time", async () => {
    const server = await sipgate([renewed("second")], [...Array(5).fill(REFUSED), PLACED]);
    const client = clientOf(server, memoryStore(tokens(0)));
    await Promise.all(Array.from({ length: 5 }, () => client.place(REQUEST)));
    expect(asked(server).filter((request) => request === "renewal")).toHaveLength(1);
  });

  it("where it can't be renewed, says so: nothing was dialled", async () => {
    const server = await sipgate([refusedAs("invalid_grant")], [REFUSED]);
    const client = clientOf(server, memoryStore(tokens(0)));
    await expect(client.place(REQUEST)).rejects.toMatchObject({ code: "sign-in-needed", placed: "no" });
  });
});

describe("a renewal that fails", () => {
  it.each<[string, Answer, string]>([
    ["the refresh token is over", refusedAs("invalid_grant"), "sign-in-needed"],
    ["the client isn't known", refusedAs("invalid_client", 401), "unauthorized"],
    [
      "the client isn't known, without a reason",
      { status: 401, headers: { "www-authenticate": "Basic realm=x" } },
      "unauthorized",
    ],
    [
      "the login fails",
      { status: 503, headers: { "content-type": "text/html" }, body: "<html>" },
      "server-error",
    ],
    [
      "something else answers",
      { status: 200, headers: json, body: '{"hello":"world"}' },
      "unexpected-response",
    ],
    [
      "a page answers",
      { status: 200, headers: { "content-type": "text/html" }, body: "<html>" },
      "unexpected-response",
    ],
    [
      "it's sent elsewhere",
      { status: 302, headers: { location: "https://example.com" } },
      "unexpected-response",
    ],
    [
      "the token has a line break",
      { status: 200, headers: json, body: renewedAnswer("x").replace(".signature", "\\r\\nx: y") },
      "unexpected-response",
    ],
  ])("since %s", async (_, answer, code) => {
    const server = await sipgate([answer]);
    const store = memoryStore(tokens(900));
    const failure = await clientOf(server, store)
      .place(REQUEST)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, placed: "no", remedy: expect.stringMatching(/\w/) });
    expect(inspect(failure, { depth: 9 })).not.toMatch(/hush-hush|refresh-first|eyJ/);
    expect(store.kept).toMatchObject({ refreshToken: "refresh-first" });
    expect(callRequests(server)).toEqual([]);
  });

  it("with a login that can't be reached keeps the tokens as they are", async () => {
    const server = await sipgate([]);
    const before = tokens(900);
    const store = memoryStore(before);
    const gone = await sipgate([]);
    await gone.close();
    const failure = clientOf(server, store, gone.baseUrl).place(REQUEST);
    await expect(failure).rejects.toMatchObject({ code: "network", placed: "no" });
    expect(store.kept).toEqual(before);
  });

  it("isn't noticed while the old token lasts, and is tried again after ten seconds", async () => {
    const server = await sipgate([refusedAs("temporarily_unavailable", 503)]);
    const clock = createManualClock();
    const client = clientOf(server, memoryStore(tokens(250, "first", clock)), server.baseUrl, { clock });
    await client.place(REQUEST);
    await clock.advance(9_999);
    await client.place(REQUEST);
    expect(asked(server)).toEqual(["renewal", "POST /v2/sessions/calls", "POST /v2/sessions/calls"]);
    await clock.advance(1);
    await client.place(REQUEST);
    expect(asked(server).slice(3)).toEqual(["renewal", "POST /v2/sessions/calls"]);
    await clock.advance(40_000); // 300 s after it was asked for, the old token is over.
    await expect(client.place(REQUEST)).rejects.toMatchObject({ code: "server-error", placed: "no" });
  });

  it("with a lost answer keeps the old refresh token, which the next attempt tries", async () => {
    const silent = await misbehaving((socket) => socket.once("data", () => socket.destroy()));
    open.push(silent);
    const store = memoryStore(tokens(900));
    const server = await sipgate([renewed("second")]);
    const lost = clientOf(server, store, silent.baseUrl).place(REQUEST);
    await expect(lost).rejects.toMatchObject({ code: "network", placed: "no" });
    expect(store.kept).toMatchObject({ refreshToken: "refresh-first", renewing: true });
    await clientOf(server, store).place(REQUEST);
    expect(store.kept?.refreshToken).toBe("refresh-second");
  });

  it("after a lost answer says that this was the reason", async () => {
    const server = await sipgate([refusedAs("invalid_grant")]);
    const store = memoryStore({ ...tokens(900), renewing: true });
    await expect(clientOf(server, store).place(REQUEST)).rejects.toMatchObject({
      code: "sign-in-needed",
      message: expect.stringContaining("was cut off before its answer was kept"),
    });
  });
});

describe("a store", () => {
  it("that is empty means that nobody is signed in", async () => {
    const server = await sipgate([]);
    const client = clientOf(server, memoryStore(undefined));
    await expect(client.place(REQUEST)).rejects.toMatchObject({
      code: "sign-in-needed",
      remedy: expect.stringContaining("Sign in again."),
    });
    expect(server.requests).toEqual([]);
  });

  it("that can't be written doesn't cost the refresh token", async () => {
    const server = await sipgate([renewed("second")]);
    const store = { ...memoryStore(tokens(900)), save: () => Promise.reject(new Error("disk full")) };
    await expect(clientOf(server, store).place(REQUEST)).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringContaining("disk full"),
      placed: "no",
    });
    expect(server.requests).toEqual([]);
  });

  it("that fails at the very moment is told of", async () => {
    const server = await sipgate([renewed("second")]);
    const store = memoryStore(tokens(900));
    const failing = {
      ...store,
      save: async ({ renewing }: { renewing?: true | undefined }) => {
        if (!renewing) throw new Error("disk full");
      },
    };
    await expect(clientOf(server, failing).place(REQUEST)).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringContaining("it's lost"),
      remedy: expect.stringContaining("sign in again"),
    });
  });
});

describe("the options of a sign-in", () => {
  const store = memoryStore(undefined);

  it.each([
    ["clientId", { clientId: "" }],
    ["clientId", { clientId: "a b" }],
    ["clientSecret", { clientSecret: "" }],
    ["realm", { realm: "other" as "third-party" }],
    ["loginUrl", { loginUrl: "http://login.example" }],
    ["loginUrl", { loginUrl: "nonsense" }],
    ["loginUrl", { loginUrl: "https://me:secret@login.example" }],
  ])("name what's wrong with %s: %j", (field, wrong) => {
    expect(() => oauthCredentials({ clientId: "id", store, ...wrong })).toThrow(
      expect.objectContaining({ code: "invalid-settings", problems: [expect.objectContaining({ field })] }),
    );
  });
});

it("works outside Node", async () => {
  const web = (await import(
    new URL("../dist/index.web.js", import.meta.url).href
  )) as typeof import("sipgate-call");
  const server = await sipgate([renewed("second")]);
  const store = memoryStore(tokens(900));
  const credentials = web.oauthCredentials({ clientId: "id", loginUrl: server.baseUrl, store });
  await web.createClient({ credentials, baseUrl: server.baseUrl }).place(REQUEST);
  expect(asked(server)).toEqual(["renewal", "POST /v2/sessions/calls"]);
});
