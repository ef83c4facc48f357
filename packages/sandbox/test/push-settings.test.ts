import { describe, expect, it } from "vitest";
import { clientFor, errorOf, startSandbox } from "./support.js";

const PATH = "/settings/sipgateio";
const HTTPS = "https://pushes.example/hook?key=1";
const UNTOUCHED = { incomingUrl: "", outgoingUrl: "", log: false, whitelist: [] };

describe("GET and PUT /settings/sipgateio", () => {
  it("Push settings are empty at first, and keep what is put, for one account only", async () => {
    const sandbox = await startSandbox();
    const classic = clientFor(sandbox, "classic");
    expect((await classic("GET", PATH)).json).toEqual(UNTOUCHED);

    const settings = { incomingUrl: "", outgoingUrl: HTTPS, log: true, whitelist: ["p0"] };
    expect(await classic("PUT", PATH, settings)).toMatchObject({ status: 204, text: "" });
    expect((await clientFor(sandbox, "classic-second-user")("GET", PATH)).json).toEqual(settings);
    expect((await clientFor(sandbox, "neo")("GET", PATH)).json).toEqual(UNTOUCHED);

    await classic("PUT", PATH, { incomingUrl: "", outgoingUrl: "", whitelist: null });
    expect((await classic("GET", PATH)).json).toEqual({ ...UNTOUCHED, whitelist: null });
  });

  it.each([
    ["classic", "http://127.0.0.1:9/hook", 204],
    ["classic", "http://localhost/hook", 204],
    ["classic", "http://[::1]:9", 204],
    ["classic", "http://pushes.example/hook", 400],
    ["classic", "http://127.0.0.1.pushes.example/", 400],
    ["classic", "https://user:secret@pushes.example/", 400],
    ["classic", "ftp://127.0.0.1/", 400],
    ["classic", "hook", 400],
    ["classic", " ", 400],
    ["classic", `https://pushes.example/${"x".repeat(2_000)}`, 400],
    ["neo", HTTPS, 204],
    ["neo", "http://127.0.0.1:9/hook", 400],
  ])("On %s a PUT of %j gives %d", async (name, outgoingUrl, status) => {
    const sandbox = await startSandbox();
    const answer = await clientFor(sandbox, name)("PUT", PATH, { incomingUrl: "", outgoingUrl });
    expect(answer.status).toBe(status);
    if (status === 400) expect(errorOf(answer).source).toEqual({ pointer: "/outgoingUrl" });
    expect(answer.text).not.toContain("secret");
  });

  it.each([
    { outgoingUrl: "" },
    { incomingUrl: "" },
    { incomingUrl: null, outgoingUrl: "" },
    { incomingUrl: "", outgoingUrl: "", log: "yes" },
    { incomingUrl: "", outgoingUrl: "", whitelist: "p0" },
    { incomingUrl: "", outgoingUrl: "", whitelist: [1] },
    [[{ incomingUrl: "", outgoingUrl: "" }]],
  ])("A PUT of %j gives 400", async (settings) => {
    const sandbox = await startSandbox();
    const classic = clientFor(sandbox, "classic");
    expect((await classic("PUT", PATH, settings)).status).toBe(400);
    expect((await classic("GET", PATH)).json).toEqual(UNTOUCHED);
  });

  it("Push settings need their scopes, and the refusal names them", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "classic-without-rtcm:read");
    const read = await client("GET", PATH);
    expect(read.status).toBe(403);
    expect(read.text).toContain("all, settings:read, settings:sipgateio:read");
    const written = await client("PUT", PATH, { incomingUrl: "", outgoingUrl: "" });
    expect(written.status).toBe(403);
    expect(written.text).toContain("all, settings:write, settings:sipgateio:write");
  });
});
