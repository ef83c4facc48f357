// Thousands of calls and events: slow, so apart from the tests that each mutant runs.
import { generateKeyPairSync, sign } from "node:crypto";
import type { Call } from "sipgate-call";
import { expect, it, onTestFinished } from "vitest";
import { clientOf, passUntil, strictSandbox } from "./support.js";

async function sandboxOfOurs() {
  const sandbox = await strictSandbox({ clock: "manual" });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

it("a thousand calls take no more requests than one", async () => {
  const sandbox = await sandboxOfOurs();
  const client = clientOf(sandbox);
  const calls = await Promise.all(
    Array.from({ length: 1_000 }, () => client.place({ caller: "e0", callee: "+493023125001" })),
  );
  await sandbox.clock.advance(10_000);
  const before = sandbox.requests.length;
  const connected = async (call: Call) => {
    for await (const { state } of call.follow()) if (state === "connected") return;
  };
  await passUntil(sandbox.clock, Promise.all(calls.map(connected)));
  expect(sandbox.requests.length - before).toBeLessThan(10);
});

it("an event is refused as replayed after 10,001 others, too", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const handler = await clientOf(await sandboxOfOurs()).createPushHandler({
    url: "https://example.com/sipgate",
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
  });
  const push = (callId: string) => {
    const fields = { direction: "out", from: "496990009000", to: "493023125001", event: "newCall", callId };
    const body = new URLSearchParams(fields).toString();
    const signature = sign("RSA-SHA256", Buffer.from(body), privateKey).toString("base64");
    return handler.handle({ headers: { "x-sipgate-signature": signature }, body });
  };
  expect((await push("old")).status).toBe(200);
  for (let other = 0; other < 10_001; other += 1) await push(`other-${other}`);
  expect((await push("old")).status).toBe(409);
  expect(handler.counts).toMatchObject({ accepted: 10_002, replayed: 1 });
});
