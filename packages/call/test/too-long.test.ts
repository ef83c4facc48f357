// Texts from outside that are longer than any of sipgate's: they are refused at the border, and nothing prints them whole.
import { generateKeyPairSync, sign } from "node:crypto";
import { inspect } from "node:util";
import { type Client, createClient, oauthCredentials } from "sipgate-call";
import { createManualClock } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Answer, answering } from "./answers.js";
import { memoryStore, renewedAnswer, tokens } from "./sign-ins.js";
import { clientAt, passUntil } from "./support.js";
import { sipgateCall } from "./terminal.js";

const LONG = "x".repeat(1_000_000);
const REQUEST = { caller: "e0", callee: "+493023125000" };
const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) });

async function serverOf(answers: Parameters<typeof answering>[0]) {
  const server = await answering(answers);
  onTestFinished(() => server.close());
  return server;
}

/** A neo account whose calls get such an id. */
const neoPlacing = (id: string) => (path: string) =>
  json(path === "/v2/calls" ? { callId: id } : path.includes("userinfo") ? { sub: "w0" } : { items: [] });

describe("a call whose id can't be one", () => {
  it.each([
    ["classic", json({ sessionId: LONG })],
    ["neo", neoPlacing(LONG)],
    ["classic", json({ sessionId: "x".repeat(1_001) })],
  ] as const)("was placed, and that's told: %s", async (platform, answers) => {
    const client = clientAt(await serverOf(answers), { platform });
    const error = await client.place(REQUEST).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unexpected-response", placed: "yes" });
    expect(error).toMatchObject({ remedy: expect.stringContaining("Don't call again") });
    expect(inspect(error).length).toBeLessThan(5_000);
  });

  it("isn't refused, whatever the status says", async () => {
    const client = clientAt(await serverOf(json({ sessionId: LONG }, 400)));
    await expect(client.place(REQUEST, { searchForMs: 0 })).rejects.toMatchObject({ placed: "unknown" });
  });

  it("isn't printed by the command line", async () => {
    const { baseUrl } = await serverOf(json({ sessionId: LONG }));
    const env = { SIPGATE_ACCESS_TOKEN: "x", SIPGATE_BASE_URL: baseUrl };
    const args = ["+493023125000", "--caller", "e0", "--platform", "classic", "--no-preflight"];
    const { code, out, err } = await sipgateCall(args, { env });
    expect(code).toBe(14);
    expect(err).toContain("The call was placed.");
    expect((out + err).length).toBeLessThan(5_000);
  });
});

it("of a longer response to a call request, the beginning is kept", async () => {
  const client = clientAt(await serverOf(json({ sessionId: "ours", more: LONG })));
  const { callId, response } = await client.place(REQUEST);
  expect(callId).toBe("ours");
  expect(response?.body).toHaveLength(10_000);
});

const READS: Readonly<Record<string, [unknown, (client: Client) => Promise<unknown>]>> = {
  "running calls": [{ data: [{ callId: LONG }] }, (client) => client.calls()],
  participants: [
    { data: [{ callId: "a", participants: [{ phoneNumber: LONG }] }] },
    (client) => client.calls(),
  ],
  numbers: [{ items: [{ id: "n", number: "+49", endpointAlias: LONG }] }, (client) => client.numbers()],
  channels: [{ items: [{ id: "c", name: LONG }] }, (client) => client.channels()],
  "devices of channels": [
    { items: [{ id: "c", users: [{ id: "w0", deviceIds: [LONG] }] }] },
    (client) => client.channels(),
  ],
  devices: [{ sub: "w0", items: [{ id: "e0", alias: LONG }] }, (client) => client.devices()],
  "the history": [{ items: [{ callId: LONG }] }, (client) => client.history().next()],
  "extensions in the history": [
    { items: [{ callId: "a", endpoints: [{ endpoint: { extension: LONG } }] }] },
    (client) => client.history().next(),
  ],
  "the user": [{ sub: "w0", domain: LONG }, (client) => client.whoami()],
  "the user's id": [{ sub: LONG }, (client) => client.whoami()],
  "the currency": [{ amount: 1, currency: LONG }, (client) => client.balance()],
};

it.each(Object.entries(READS))("%s with a text that's too long are no answer", async (_, [body, read]) => {
  const error = await read(clientAt(await serverOf(json(body)))).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "unexpected-response", placed: "no" });
  expect(inspect(error).length).toBeLessThan(10_000);
});

it("an event of a channel is skipped", async () => {
  const events = [
    { callId: LONG, status: "SUCCESS" },
    { callId: "a", status: LONG },
    { callId: "b", status: "BUSY" },
  ];
  const server = await serverOf((path) =>
    json({ items: path.includes("/events") ? events : [{ id: "k", name: "Main" }] }),
  );
  const past: unknown[] = [];
  for await (const call of clientAt(server, { platform: "neo" }).history()) past.push(call);
  expect(past).toHaveLength(2);
  expect(JSON.stringify(past).length).toBeLessThan(1_000);
});

it("a pushed event with such an id is none, and such a word isn't repeated", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const clock = createManualClock();
  const server = await serverOf((path) =>
    path === "/v2/sessions/calls" ? json({ sessionId: "ours" }) : json({ data: [], items: [] }),
  );
  const client = clientAt(server, { clock });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const pushes = await client.createPushHandler({ url: "https://example.com/", publicKey: pem });
  const push = (fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ direction: "out", event: "hangup", ...fields }).toString();
    const signature = sign("RSA-SHA256", Buffer.from(body), privateKey).toString("base64");
    return pushes.handle({ headers: { "x-sipgate-signature": signature }, body });
  };
  expect((await push({ callId: "x".repeat(60_000), cause: "busy" })).status).toBe(400);
  const call = await client.place(REQUEST);
  expect((await push({ callId: "ours", cause: "x".repeat(60_000) })).status).toBe(200);
  expect((await passUntil(clock, call.outcome())).end).toMatchObject({ cause: "unknown", raw: undefined });
});

it("the login's tokens aren't kept", async () => {
  const answer = JSON.parse(renewedAnswer("second"));
  const store = memoryStore(tokens(400));
  const server = await serverOf({
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...answer, scope: LONG }),
  });
  const credentials = oauthCredentials({ clientId: "id", loginUrl: server.baseUrl, store });
  await expect(createClient({ credentials, baseUrl: server.baseUrl }).whoami()).rejects.toMatchObject({
    code: "unexpected-response",
  });
  expect(server.requests).toHaveLength(1); // The renewal.
  expect(JSON.stringify(await store.load()).length).toBeLessThan(1_000);
});
