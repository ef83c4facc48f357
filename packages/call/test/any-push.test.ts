// Whatever is posted to the push handler: it answers, counts it once, and takes only what was signed.
import { createSign, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { type Call, createClient, type PushRequest } from "sipgate-call";
import { expect, it } from "vitest";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = publicKey.export({ type: "spki", format: "pem" }).toString();
const sign = (body: Uint8Array | string) => createSign("RSA-SHA256").update(body).sign(privateKey, "base64");

const handler = () =>
  createClient({ credentials: { accessToken: "x" } }).createPushHandler({
    url: "https://example.com/sipgate",
    publicKey: PEM,
  });

const field = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "newCall",
    "answer",
    "hangup",
    "out",
    "in",
    "__proto__",
    "",
    "anonymous",
    "493023125000",
    "\r\n",
    "\ud800",
  ),
);
const name = fc.constantFrom(
  "event",
  "callId",
  "origCallId",
  "from",
  "to",
  "direction",
  "cause",
  "__proto__",
  "user[]",
);
const form = fc
  .array(fc.tuple(name, field), { maxLength: 8 })
  .map((fields) => new URLSearchParams(fields).toString());
const body = fc.oneof(
  form,
  form.map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.constantFrom("", "x".repeat(70_000), new Uint8Array(70_000)),
);
const header = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.base64String({ maxLength: 400 }),
  fc.constantFrom("", "=", "AAAA"),
);
const headers = fc.oneof(
  fc.dictionary(
    fc.constantFrom("x-sipgate-signature", "X-Sipgate-Signature", "content-type", "__proto__"),
    fc.oneof(header, fc.array(header, { maxLength: 2 }), fc.constant(undefined)),
  ),
  header.map((value) => new Headers({ "x-sipgate-signature": encodeURIComponent(value) })),
);

it("without sipgate's signature nothing is taken", async () => {
  const pushes = await handler();
  let posted = 0;
  await fc.assert(
    fc.asyncProperty(headers, body, async (given, text) => {
      const answer = await pushes.handle({ headers: given, body: text });
      posted += 1;
      expect([400, 403, 413]).toContain(answer.status);
      const { accepted, forged, replayed, malformed } = pushes.counts;
      expect(accepted + replayed).toBe(0);
      expect(forged + malformed).toBe(posted);
    }),
    { numRuns: 500 },
  );
});

it("what isn't even a request is answered, and counted", async () => {
  const pushes = await handler();
  const odd = [
    undefined,
    null,
    5,
    {},
    { headers: null, body: "" },
    { headers: {}, body: null },
    { headers: {}, body: {} },
  ];
  // What a framework makes of the body `length=4294967295`.
  const huge = { headers: {}, body: { length: 4_294_967_295 } };
  for (const request of [...odd, huge]) {
    const answer = await pushes.handle(request as unknown as PushRequest);
    expect([400, 413]).toContain(answer.status);
  }
  expect(pushes.counts).toEqual({ accepted: 0, forged: 0, replayed: 0, malformed: odd.length + 1 });
});

it("with a signature, events are taken once; nothing else is", async () => {
  const pushes = await handler();
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const before = pushes.counts;
      const answer = await pushes.handle({ headers: { "X-Sipgate-Signature": sign(text) }, body: text });
      const after = pushes.counts;
      const total = (counts: typeof after) => Object.values(counts).reduce((sum, count) => sum + count, 0);
      expect(total(after)).toBe(total(before) + 1);
      expect(after.forged).toBe(0);
      const sent = Buffer.from(typeof text === "string" ? Buffer.from(text) : text);
      const fields = new URLSearchParams(new TextDecoder().decode(sent));
      const [event, callId] = [fields.getAll("event"), fields.getAll("callId")];
      const isEvent =
        sent.length <= 65_536 &&
        event.length === 1 &&
        callId.length === 1 &&
        event[0] !== "" &&
        callId[0] !== "";
      const matters = ["newCall", "answer", "hangup"].includes(event[0] ?? "");
      const wasSeen = matters && seen.has(sent.toString("latin1"));
      if (isEvent) seen.add(sent.toString("latin1"));
      expect(answer.status).toBe(isEvent ? (wasSeen ? 409 : 200) : sent.length > 65_536 ? 413 : 400);
      expect(after.accepted - before.accepted).toBe(answer.status === 200 ? 1 : 0);
    }),
    { numRuns: 500 },
  );
  // One that was changed by a single bit is none.
  const event = "event=newCall&callId=1&direction=out";
  for (let at = 0; at < event.length; at += 1) {
    const changed = Buffer.from(event);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const answer = await pushes.handle({ headers: { "x-sipgate-signature": sign(event) }, body: changed });
    expect(answer.status).toBe(403);
  }
});

it.each(["\r\nX-Evil: 1", "\0", "\ud800", "\u202e"])(
  "a URL with %j has no effect on the answer's head",
  async (intruder) => {
    const client = createClient({ credentials: { accessToken: "x" } });
    const pushes = client.createPushHandler({
      url: `https://example.com/a${intruder}"><Evil/>`,
      publicKey: PEM,
    });
    const text = "event=newCall&callId=1&direction=out";
    const answer = await (await pushes).handle({
      headers: { "x-sipgate-signature": sign(text) },
      body: text,
    });
    expect(JSON.stringify(answer.headers)).not.toContain("Evil");
    expect(answer.body).not.toMatch(/<Evil|[\0\u202e\ud800]|\r/);
  },
);

it.each(["\r\n", "\0", "\ud800", "a\ud800", "\u0085"])(
  "an idempotency key with %j is refused",
  async (key) => {
    const client = createClient({ credentials: { accessToken: "x" }, baseUrl: "http://127.0.0.1:9/v2" });
    const placing: Promise<Call> = client.place({
      caller: "e0",
      callee: "+493023125000",
      idempotencyKey: `key${key}1`,
    });
    await expect(placing).rejects.toMatchObject({ problems: [{ field: "idempotencyKey" }] });
  },
);
