// What a phone of one's own registers with.
import { createSandbox } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { clientOf } from "./support.js";

async function sandboxed() {
  const sandbox = await createSandbox({ clock: "manual" });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

it.each(["classic", "neo"])("a VoIP phone of %s has an account to register with", async (platform) => {
  const account = await clientOf(await sandboxed(), platform).sipAccount("e0");
  expect(account).toEqual({
    username: expect.stringMatching(/e0$/),
    password: expect.stringMatching(/^sip-secret-/),
    server: expect.any(String),
    websocketUrl: expect.stringMatching(/^wss:/),
  });
});

it.each(["y0", "e9", "e77"])("%s, which is no VoIP phone of the user's, has none", async (deviceId) => {
  expect(await clientOf(await sandboxed()).sipAccount(deviceId)).toBeUndefined();
});

it("isn't read without the scope, and the password isn't in the error", async () => {
  const client = clientOf(await sandboxed(), "classic-without-devices:read");
  await expect(client.sipAccount("e0")).rejects.toMatchObject({ code: "forbidden", placed: "no" });
});

describe("a VoIP phone that is added", () => {
  it.each(["classic", "neo"])("can be registered with at once, on %s", async (platform) => {
    const client = clientOf(await sandboxed(), platform);
    const deviceId = await client.registerDevice("Browser at work");
    expect(deviceId).toMatch(/^e\d+$/);
    expect(await client.devices()).toContainEqual(
      expect.objectContaining({ id: deviceId, alias: "Browser at work" }),
    );
    expect((await client.sipAccount(deviceId))?.username).toContain(deviceId);
  });

  it("isn't added without the scope, or without a name", async () => {
    const client = clientOf(await sandboxed(), "classic-without-devices:write");
    await expect(client.registerDevice("Browser")).rejects.toMatchObject({ code: "forbidden", placed: "no" });
    await expect(client.registerDevice(" ")).rejects.toMatchObject({ code: "invalid-request" });
  });
});
