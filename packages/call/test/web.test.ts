// The build for browsers and other runtimes, which sends with fetch. Node has a fetch too.
import { createManualClock, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { answering, changesIn, misbehaving } from "./answers.js";
import { passUntil, strictSandbox } from "./support.js";

const { createClient } = (await import(
  new URL("../dist/index.web.js", import.meta.url).href
)) as typeof import("sipgate-call");

const request = { caller: "e0", callee: "+493023125000" };
const credentials = { accessToken: "abc" };
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

it.each(["classic", "neo"] as const)("places, controls and reads on %s", async (platform) => {
  const client = createClient({ credentials: sandbox[platform], baseUrl: sandbox.baseUrl });
  const call = await client.place({ caller: "e0", callee: "030/23125001" });
  expect(call).toMatchObject({ platform, response: { status: 200 }, callId: sandbox.calls[0]?.id });
  await sandbox.clock.advance(10_000);
  await call.mute();
  expect(sandbox.calls[0]?.muted).toBe(true);
  expect((await client.devices()).length).toBeGreaterThan(0);
});

describe("failures", () => {
  it("a refusal is explained", async () => {
    const server = await answering({ status: 402, body: '{"message":"no money"}' });
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    await expect(client.place(request)).rejects.toMatchObject({
      code: "insufficient-funds",
      placed: "no",
      message: expect.stringContaining("no money"),
    });
    await server.close();
  });

  it("a redirect isn't followed", async () => {
    const elsewhere = await answering({ status: 200, body: '{"sessionId":"x"}' });
    const server = await answering({
      status: 307,
      headers: { location: `${elsewhere.baseUrl}/sessions/calls` },
    });
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    await expect(client.place(request)).rejects.toMatchObject({
      code: "unexpected-response",
      placed: "unknown",
    });
    expect(elsewhere.requests).toEqual([]);
    await Promise.all([server.close(), elsewhere.close()]);
  });

  it("fetch doesn't tell whether anything was sent, so the outcome is unknown", async () => {
    const server = await misbehaving((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const placing = client.place(request, { searchForMs: 200 });
    await expect(placing).rejects.toMatchObject({ code: "network", placed: "unknown" });
    expect(changesIn(server.requests)).toHaveLength(1);
    await server.close();
  });

  it("a deadline and giving up are told apart", async () => {
    const giveUp = new AbortController();
    const server = await misbehaving(() => {});
    const clock = createManualClock();
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic", clock });
    const placing = client.place(request, { searchForMs: 0 });
    const begun = clock.monotonicMs();
    await expect(passUntil(clock, placing)).rejects.toMatchObject({ code: "timeout", placed: "unknown" });
    expect(clock.monotonicMs() - begun).toBe(30_000);
    const patient = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const given = patient.place(request, { signal: giveUp.signal });
    giveUp.abort();
    await expect(given).rejects.toMatchObject({ code: "aborted" });
    await expect(patient.place(request, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
      placed: "no",
    });
    await server.close();
  });

  it("an answer without end", async () => {
    const server = await answering({ status: 200, body: "x".repeat(9 * 1024 * 1024) });
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    const placing = client.place(request, { searchForMs: 200 });
    await expect(placing).rejects.toMatchObject({ code: "network", placed: "unknown" });
    await server.close();
  });
});

describe("a runtime that may send a call request again by itself", () => {
  /** Lets the library believe that it's in a browser. */
  function inBrowser() {
    const { versions } = process;
    Object.defineProperty(process, "versions", { value: {}, configurable: true });
    onTestFinished(
      () => void Object.defineProperty(process, "versions", { value: versions, configurable: true }),
    );
  }
  const settings = () => ({
    credentials: sandbox.classic,
    baseUrl: sandbox.baseUrl,
    platform: "classic" as const,
  });

  it("places no call, and says why", async () => {
    inBrowser();
    const client = createClient(settings());
    await expect(client.place(request)).rejects.toMatchObject({
      placed: "no",
      problems: [{ field: "acceptRepeatRisk" }],
    });
    expect(sandbox.requests).toEqual([]);
    expect(await client.balance()).toHaveProperty("amount");
  });

  it("places one if the option accepts that", async () => {
    inBrowser();
    await createClient({ ...settings(), acceptRepeatRisk: true }).place(request);
    expect(sandbox.calls).toHaveLength(1);
  });
});

it("a call request is sent once after a 421, which fetch sends a request again after", async () => {
  const server = await answering({ status: 421, body: "" });
  const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
  await expect(client.place(request, { searchForMs: 0 })).rejects.toMatchObject({ placed: "unknown" });
  expect(changesIn(server.requests)).toHaveLength(1);
  await server.close();
});
