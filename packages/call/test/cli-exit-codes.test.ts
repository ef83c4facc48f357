// Exit codes and errors for scripts.
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answering } from "./answers.js";
import { settingsOf, strictSandbox } from "./support.js";
import { sipgateCall } from "./terminal.js";

const callee = "+493023125000";
let sandbox: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  sandbox = await strictSandbox();
  env = settingsOf(sandbox);
});
afterAll(() => sandbox.close());

describe("exit codes", () => {
  const withAccount = (name: string) => {
    const found = sandbox.accounts.find((candidate) => candidate.name === name);
    return { ...env, SIPGATE_TOKEN_ID: found?.tokenId ?? "", SIPGATE_TOKEN: found?.token ?? "" };
  };

  it.each([
    ["classic-wrong-password", 4],
    ["classic-without-sessions:calls:write", 4],
    ["classic-password-reset", 4],
    ["classic-no-balance", 5],
    ["classic-rate-limited", 6],
    ["classic-broken-server", 8],
  ])("of a call from %s is %i", async (name, expected) => {
    const words = [callee, "--caller", "e0", "--search-for", "0"];
    const { code, out, err } = await sipgateCall(words, { env: withAccount(name) });
    expect({ code, out }).toEqual({ code: expected, out: "" });
    expect(err).toMatch(expected === 8 ? /It isn't known whether/ : /Nothing was dialled/);
    expect(err).not.toContain(sandbox.classic.token);
  });

  it.each<[string, Record<string, string>, number]>([
    ["a wrong base URL", { SIPGATE_BASE_URL: "ROOT" }, 6],
    ["no server", { SIPGATE_BASE_URL: "http://127.0.0.1:9/v2" }, 7],
    ["no such host", { SIPGATE_BASE_URL: "https://sipgate.invalid/v2" }, 7],
    ["plain http to somewhere else", { SIPGATE_BASE_URL: "http://sipgate.invalid/v2" }, 3],
    ["another's device", { SIPGATE_CALLER: "e9" }, 9],
  ])("after %s says why", async (_, settings, expected) => {
    const given: Record<string, string> = { ...env, SIPGATE_CALLER: "e0", ...settings };
    if (given.SIPGATE_BASE_URL === "ROOT") given.SIPGATE_BASE_URL = sandbox.baseUrl.replace("/v2", "");
    const { code, err } = await sipgateCall([callee], { env: given });
    expect(code).toBe(expected);
    expect(err).toContain("Nothing was dialled");
  });

  it("come with a JSON object that says what was typed wrong and what to do", async () => {
    const { code, err } = await sipgateCall(["--callr", "e0", "--json"], { env });
    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({
      type: "error",
      code: "usage",
      placed: "no",
      remedy: expect.stringContaining("--caller"),
    });
  });

  it("come with one JSON object on standard error", async () => {
    const { code, out, err } = await sipgateCall([callee, "--caller", "e0", "--json"], {
      env: withAccount("classic-no-balance"),
    });
    expect({ code, out }).toEqual({ code: 5, out: "" });
    expect(JSON.parse(err)).toMatchObject({
      type: "error",
      code: "insufficient-funds",
      placed: "no",
      status: 402,
    });
  });
});

describe("an error for a script", () => {
  const errorFor = async (status: number, headers: Record<string, string>, body: string) => {
    const server = await answering({ status, headers, body });
    const given = { ...env, SIPGATE_BASE_URL: server.baseUrl };
    const { err } = await sipgateCall(["balance", "--json"], { env: given });
    await server.close();
    return JSON.parse(err);
  };

  it("holds the reason of a 403", async () => {
    const error = await errorFor(403, {}, "Your password has to be reset");
    expect(error).toMatchObject({ code: "forbidden", reason: "password-reset" });
    expect(error).not.toHaveProperty("retryAfterSeconds");
  });

  it("holds the seconds to wait after a 429", async () => {
    const error = await errorFor(429, { "retry-after": "30" }, "");
    expect(error).toMatchObject({ code: "rate-limited", retryAfterSeconds: 30 });
    expect(error).not.toHaveProperty("reason");
  });
});

describe("an error whose outcome isn't known", () => {
  it("says so once", async () => {
    const server = await answering({ status: 500 });
    const given = { ...env, SIPGATE_BASE_URL: server.baseUrl };
    const words = [callee, "--caller", "e0", "--search-for", "0"];
    const { code, err } = await sipgateCall(words, { env: given });
    await server.close();
    expect(code).toBe(8);
    expect(err.match(/known whether/g)).toHaveLength(1);
  });
});
