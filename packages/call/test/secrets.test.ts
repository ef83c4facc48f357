// Credentials and ids of calls are planted wherever they can be, and looked for in everything that the library gives.
import { inspect } from "node:util";
import { CallError, type Client, type ClientOptions, createClient, type TraceEvent } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { answering, misbehaving } from "./answers.js";
import { ENCODINGS, type Encoding, leaksIn } from "./leaks.js";

const TOKEN = 'pl4nted/Tok+en=&"<>~Sign5';
const ACCESS = "eyJhbGciOiJub25lIn0.eyJwbGFudGVkIjoiYWNjZXNzIn0.cGxhbnRlZC1hY2Nlc3M";
const FRESH = "fresh-planted-4a5b6c7d8e9f";
const SIP = "s1p-P4ssw0rd";
const SESSION = "NDkzMDIzMTI1MDAwfGUwfHcwfHBsYW50ZWQtc2Vzc2lvbi1pZA";
const SECRETS = { TOKEN, ACCESS, FRESH, SIP };
const CREDENTIALS: Readonly<Record<string, ClientOptions["credentials"]>> = {
  "a personal access token": { tokenId: "token-PLANTD", token: TOKEN },
  "an access token": { accessToken: ACCESS },
  "a function": () => FRESH,
};

it("the search of these tests finds each secret in each encoding", () => {
  for (const encode of Object.values(ENCODINGS)) {
    const all = Object.values(SECRETS).join("\n");
    expect(leaksIn(`before ${encode(all)} after`, SECRETS)).toEqual(Object.keys(SECRETS));
  }
});

/** Everything that somebody may print, log or send of a thing. */
function everythingOf(thing: unknown): string {
  const parts = [
    inspect(thing, { depth: 20, showHidden: true, maxStringLength: null }),
    JSON.stringify(thing),
    String(thing),
  ];
  for (let error = thing; error instanceof Error; error = error.cause)
    parts.push(error.stack ?? "", error.message, JSON.stringify(Object.entries(error)), inspect(error));
  return parts.join("\n");
}

const request = { caller: "e0", callee: "+493023125000" };
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  place: [request, { searchForMs: 0 }],
  preflight: [request],
  dryRun: [request],
  createPushHandler: [{ url: "https://example.com/sipgate" }],
  sendDtmf: ["1"],
  transfer: [{ to: "+493023125001" }],
  record: [{ on: true }],
  announce: ["https://www.example.com/closing.wav"],
};

/** What asks for nothing by itself, and what follows a call, which goes on whatever is answered. */
const NOT_ASKED = new Set(["call", "callId", "follow", "outcome"]);

type Method = (...input: readonly unknown[]) => unknown;

/** What every method of a client, and of a call's controls, comes to. */
async function everyMethod(client: Client): Promise<Map<string, unknown>> {
  const methods = [client, client.call(SESSION)].flatMap((of) => Object.entries(of) as [string, Method][]);
  const results = methods
    .filter(([name]) => !NOT_ASKED.has(name))
    .map(async ([name, method]) => [name, await settled(() => method(...(ARGUMENTS[name] ?? [])))] as const);
  return new Map(await Promise.all(results));
}

async function settled(act: () => unknown): Promise<unknown> {
  try {
    const result = await act();
    const isList = typeof result === "object" && result !== null && Symbol.asyncIterator in result;
    if (!isList) return result;
    const items: unknown[] = [];
    for await (const item of result as AsyncIterable<unknown>) items.push(item);
    return items;
  } catch (error) {
    return error;
  }
}

/** How a proxy answers that shows what it was sent. */
const echo = (encode: Encoding, { method, url, headers }: { method: string; url: string; headers: object }) =>
  `You sent ${encode(`${method} ${url}\nauthorization: ${Object(headers).authorization}\n${decoded(headers)}`)} here.`;

/** What a proxy that looks into Basic credentials may show. */
function decoded(headers: object): string {
  const [scheme, value = ""] = String(Object(headers).authorization).split(" ");
  return scheme === "Basic" ? Buffer.from(value, "base64").toString() : "";
}

describe.each(Object.keys(CREDENTIALS))("with %s", (kind) => {
  const credentials = CREDENTIALS[kind] ?? "";
  const events: TraceEvent[] = [];
  const trace = (event: TraceEvent) => void events.push(event);

  describe.each(Object.keys(ENCODINGS))("repeated in %s", (encoding) => {
    const encode = ENCODINGS[encoding] ?? String;

    it.concurrent.each([200, 302, 400, 401, 402, 403, 404, 409, 418, 429, 500])(
      "shows no secret with status %i",
      async (status) => {
        const server = await echoing(status, (text) => text, encode);
        const client = createClient({
          credentials,
          baseUrl: server.baseUrl,
          platform: "classic",
          trace,
        } as ClientOptions);
        const results = await everyMethod(client);
        for (const [name, result] of results)
          expect({ name, leaks: leaksIn(everythingOf(result), { ...SECRETS, SESSION }) }).toEqual({
            name,
            leaks: [],
          });
        expect([...results.values()].filter((result) => result instanceof CallError).length).toBeGreaterThan(
          10,
        );
        await server.close();
      },
    );

    it("shows the id of a call that was placed, and no secret", async () => {
      const answer = (text: string) => `{"sessionId":"${SESSION}","echo":${JSON.stringify(text)}}`;
      const server = await echoing(200, answer, encode);
      const client = createClient({
        credentials,
        baseUrl: server.baseUrl,
        platform: "classic",
        trace,
      } as ClientOptions);
      const call = await client.place(request);
      expect(call.callId).toBe(SESSION);
      expect(call.response?.body).toContain(SESSION);
      expect(leaksIn(everythingOf(call), SECRETS)).toEqual([]);
      await server.close();
    });
  });

  it("isn't shown if an answer isn't HTTP", async () => {
    const server = await misbehaving((socket) => socket.once("data", (data) => socket.end(data)));
    const client = createClient({
      credentials,
      baseUrl: server.baseUrl,
      platform: "classic",
      trace,
    } as ClientOptions);
    for (const [name, result] of await everyMethod(client))
      expect({ name, leaks: leaksIn(everythingOf(result), { ...SECRETS, SESSION }) }).toEqual({
        name,
        leaks: [],
      });
    await server.close();
  });

  it("isn't shown by a client, nor by its trace", () => {
    const client = createClient({ credentials } as ClientOptions);
    expect(leaksIn(everythingOf(client), SECRETS)).toEqual([]);
    expect(events.length).toBeGreaterThan(500);
    expect(leaksIn(JSON.stringify(events), { ...SECRETS, SESSION })).toEqual([]);
    expect(JSON.stringify(events)).not.toContain("3023125");
  });
});

async function echoing(status: number, wrap: (text: string) => string, encode: Encoding) {
  const headers: Record<string, string> = { "content-type": "text/plain", "retry-after": "0" };
  const server = await answering((path) => {
    const sent = server.headers.at(-1) ?? {};
    return { status, headers, body: wrap(echo(encode, { method: "?", url: path, headers: sent })) };
  });
  return server;
}

describe("an error doesn't show what sipgate itself tells:", () => {
  const failing = async (body: string, act: (client: Client) => Promise<unknown>, status = 200) => {
    const server = await answering({ status, body });
    const client = createClient({
      credentials: { accessToken: "token-of-a-test" },
      baseUrl: server.baseUrl,
      platform: "classic",
    });
    const error = await settled(() => act(client));
    await server.close();
    expect(error).toBeInstanceOf(CallError);
    return everythingOf(error);
  };

  it("a SIP password, in a list of devices that can't be read", async () => {
    const body = JSON.stringify({
      sub: "w0",
      items: [{ id: 5, credentials: { password: SIP, username: "x" } }],
    });
    expect(leaksIn(await failing(body, (client) => client.devices()), SECRETS)).toEqual([]);
  });

  it.each([
    ["cut off", `{"sessionId":"short-id","more":`],
    ["in another shape", `{"data":{"callId": "short-id"}}`],
    ["alone", SESSION],
    ["under another name", JSON.stringify({ identifier: SESSION })],
    ["in a refusal", `No call ${SESSION} was found`, 400],
  ])("the id of a call, %s", async (_, body, status = 200) => {
    const shown = await failing(body, (client) => client.place(request, { searchForMs: 0 }), Number(status));
    expect(shown).toContain("sipgate didn't place the call");
    expect(leaksIn(shown, { SESSION, short: "short-id" })).toEqual([]);
  });
});

it("what a credentials function throws is told without what it holds", async () => {
  const thrown = Object.assign(
    new Error("The login failed", { cause: Object.assign(new Error("401"), { sent: TOKEN }) }),
    {
      config: { headers: { authorization: TOKEN }, data: "grant_type=refresh_token" },
    },
  );
  const client = createClient({
    credentials: () => {
      throw thrown;
    },
    baseUrl: "http://127.0.0.1:1/v2",
  });
  const error = await settled(() => client.balance());
  expect(inspect(error)).toContain("The login failed");
  expect(leaksIn(everythingOf(error), SECRETS)).toEqual([]);
});
