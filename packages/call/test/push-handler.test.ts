// What the handler of pushed events takes, and what it refuses.
import { InvalidSettingsError, type PushHandler } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { event, publicKey, signed, URL_OF_OURS } from "./pushed-events.js";
import { clientOf, strictSandbox } from "./support.js";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

describe("the handler", () => {
  let pushes: PushHandler;
  beforeEach(async () => {
    pushes = await clientOf(sandbox).createPushHandler({ url: URL_OF_OURS, publicKey });
  });

  it("answers a new call with the events that it wants, and where", async () => {
    const answer = await pushes.handle(event({ event: "newCall", callId: "a" }));
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toContain("application/xml");
    expect(answer.body).toContain('onAnswer="https://example.com/sipgate?a=1&amp;b=2"');
    expect(answer.body).toContain('onHangup="https://example.com/sipgate?a=1&amp;b=2"');
  });

  it.each(["answer", "hangup", "dtmf"])("answers %s with nothing to do", async (name) => {
    const answer = await pushes.handle(event({ event: name, callId: "a" }));
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining("<Response/>") });
    expect(pushes.counts).toEqual({ accepted: 1, forged: 0, replayed: 0, malformed: 0 });
  });

  it("takes headers in any form, and bytes", async () => {
    const { headers, body } = event({ event: "newCall", callId: "b" });
    const value = headers["X-Sipgate-Signature"];
    const forms = [{ "x-sipgate-signature": [value] }, new Headers(headers)];
    for (const form of forms) await pushes.handle({ headers: form, body: Buffer.from(body) });
    expect(pushes.counts).toMatchObject({ accepted: 1, replayed: 1 });
  });
});

describe("the handler, of what isn't sipgate's event,", () => {
  let pushes: PushHandler;
  beforeEach(async () => {
    pushes = await clientOf(sandbox).createPushHandler({ url: URL_OF_OURS, publicKey });
  });
  const good = event({ event: "newCall", callId: "a" });
  const value = good.headers["X-Sipgate-Signature"];

  it.each([
    ["no signature", {}],
    ["an empty one", { "x-sipgate-signature": "" }],
    ["no base64", { "x-sipgate-signature": "%%%" }],
    ["another text's", event({ event: "newCall", callId: "z" }).headers],
    ["two", { "x-sipgate-signature": [value, value] }],
    ["a longer one", { "x-sipgate-signature": Buffer.from(`${value}AAAA`).toString("base64") }],
  ])("refuses a signature as forged: %s", async (_, headers) => {
    expect((await pushes.handle({ headers, body: good.body })).status).toBe(403);
    expect(pushes.counts).toEqual({ accepted: 0, forged: 1, replayed: 0, malformed: 0 });
  });

  it("refuses a body that was changed as forged", async () => {
    const { status } = await pushes.handle({ ...good, body: good.body.replace("newCall", "hangup") });
    expect(status).toBe(403);
  });

  it("refuses this test's signature if sipgate's own key is asked for", async () => {
    const real = await clientOf(sandbox).createPushHandler({ url: URL_OF_OURS });
    expect((await real.handle(good)).status).toBe(403);
  });

  it.each(["", "event=newCall", "callId=a", "event=newCall&event=hangup&callId=a", '{"event":"newCall"}'])(
    "refuses what is signed but no event as malformed: %s",
    async (body) => {
      expect((await pushes.handle(signed(body))).status).toBe(400);
      expect(pushes.counts).toEqual({ accepted: 0, forged: 0, replayed: 0, malformed: 1 });
    },
  );

  it("refuses what is longer than any event as malformed", async () => {
    const long = event({ event: "newCall", callId: "a", user: "x".repeat(70_000) });
    expect((await pushes.handle(long)).status).toBe(413);
  });

  it.each([undefined, {}, { headers: null, body: "" }, { headers: {}, body: { event: "newCall" } }])(
    "refuses what is no request at all: %j",
    async (request) => {
      const { status } = await pushes.handle(request as unknown as Parameters<PushHandler["handle"]>[0]);
      expect([400, 403]).toContain(status);
      expect(pushes.counts.accepted).toBe(0);
    },
  );

  it("doesn't take the same key pressed twice for a replay", async () => {
    const pressed = event({ event: "dtmf", callId: "a", dtmf: "1" });
    expect([(await pushes.handle(pressed)).status, (await pushes.handle(pressed)).status]).toEqual([
      200, 200,
    ]);
  });

  it("refuses the same event again as replayed, also when both come at once", async () => {
    const answers = await Promise.all([pushes.handle(good), pushes.handle(good)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(pushes.counts).toEqual({ accepted: 1, forged: 0, replayed: 1, malformed: 0 });
  });

  it("the same by another handler of the client: replayed, so it's told once", async () => {
    const client = clientOf(sandbox);
    const [one, other] = await Promise.all(
      ["/a", "/b"].map((path) => client.createPushHandler({ url: `https://example.com${path}`, publicKey })),
    );
    expect((await one?.handle(good))?.status).toBe(200);
    expect((await other?.handle(good))?.status).toBe(409);
    expect(other?.counts).toMatchObject({ accepted: 0, replayed: 1 });
    // Another client has calls of its own.
    expect((await pushes.handle(good)).status).toBe(200);
  });

  it.each([{ event: "newCall" }, undefined, null, 5])(
    "a body that was parsed before (%j): the answer says that the raw one is needed, and how to get it",
    async (body) => {
      const request = { ...good, body } as unknown as Parameters<PushHandler["handle"]>[0];
      const answer = await pushes.handle(request);
      expect(answer.status).toBe(400);
      expect(answer.body).toContain("raw body is needed");
      expect(answer.body).toContain('express.raw({ type: "*/*" })');
      expect(pushes.counts).toMatchObject({ accepted: 0, malformed: 1 });
    },
  );

  it.each([
    ["url", { url: "http://example.com/", publicKey }],
    ["url", { url: "nonsense", publicKey }],
    ["publicKey", { url: URL_OF_OURS, publicKey: "nonsense" }],
    [
      "publicKey",
      { url: URL_OF_OURS, publicKey: "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----" },
    ],
  ])("isn't made with a wrong %s", async (field, options) => {
    const refused = clientOf(sandbox).createPushHandler(options);
    await expect(refused).rejects.toBeInstanceOf(InvalidSettingsError);
    await expect(refused).rejects.toMatchObject({ problems: [{ field }] });
  });
});
