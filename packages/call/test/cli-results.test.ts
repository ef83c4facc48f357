// What commands print: results, what a call would send, doubts, colours.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answering } from "./answers.js";
import { settingsOf, strictSandbox } from "./support.js";
import { shellCommand, sipgateCall } from "./terminal.js";

const callee = "+493023125000";
let sandbox: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  sandbox = await strictSandbox();
  env = settingsOf(sandbox);
});
afterAll(() => sandbox.close());

describe("a dry run", () => {
  it("shows the request without credentials and sends nothing", async () => {
    const before = sandbox.requests.length;
    const { code, out } = await sipgateCall(
      [callee, "--caller", "e0", "--dry-run", "--platform", "classic"],
      { env },
    );
    expect(code).toBe(0);
    expect(out).toContain(`POST ${sandbox.baseUrl}/sessions/calls`);
    expect(out).toContain('{"caller":"e0","callee":"+493023125000"}');
    expect(out).toContain("Basic (redacted)");
    expect(out).not.toContain(sandbox.classic.token);
    expect(sandbox.requests).toHaveLength(before);
  });
});

describe("a command that reads", () => {
  it.each([
    ["devices", "e1         Unplugged phone  offline"],
    ["numbers", "+496990009001  069-90009001"],
    ["balance", "Balance: 123400 EUR"],
    ["whoami", "Platform: classic"],
  ])("%s shows its answer as text and as JSON", async (command, shown) => {
    const { code, out } = await sipgateCall([command], { env });
    expect(code).toBe(0);
    expect(out).toContain(shown);
    const json = await sipgateCall([command, "--json"], { env });
    expect(json.code).toBe(0);
    expect(json.err).toBe("");
    expect(Object.keys(JSON.parse(json.out)).length).toBeGreaterThan(0);
  });

  it("reports a doubt of both the preflight and the placed call once", async () => {
    const account = sandbox.accounts.find(({ name }) => name === "neo-no-channel");
    const neo = { ...env, SIPGATE_TOKEN_ID: account?.tokenId ?? "", SIPGATE_TOKEN: account?.token ?? "" };
    const words = [callee, "--caller", "e0", "--no-follow", "--yes"];
    expect((await sipgateCall(words, { env: neo })).err.match(/never ring/g)).toHaveLength(1);
    const { out } = await sipgateCall([...words, "--json"], { env: neo });
    expect(JSON.parse(out).warnings).toEqual([expect.stringContaining("never ring")]);
  });

  it("lists channels on neo only", async () => {
    const neo = { ...env, SIPGATE_TOKEN_ID: sandbox.neo.tokenId, SIPGATE_TOKEN: sandbox.neo.token };
    expect((await sipgateCall(["channels"], { env: neo })).out).toContain("e0 e1");
    const { code, err } = await sipgateCall(["channels"], { env });
    expect(code).toBe(4);
    expect(err).toContain("requires a sipgate Neo PBX Account");
  });

  it("shows names harmlessly that would change the terminal", async () => {
    const items = [{ id: "e0", alias: "\u001b[2J\u202eevil", type: "REGISTER" }];
    const server = await answering({ status: 200, body: JSON.stringify({ sub: "w0", items }) });
    const { out } = await sipgateCall(["devices"], {
      env: { ...env, SIPGATE_BASE_URL: server.baseUrl, SIPGATE_PLATFORM: "classic" },
    });
    await server.close();
    expect(out).toContain("\\u{1b}[2J\\u{202e}evil");
    expect(out).toContain("unknown");
  });
});

describe("the preflight", () => {
  it("stops a call that wouldn't ring, and says why and what to do", async () => {
    const before = sandbox.calls.length;
    const { code, out, err } = await sipgateCall([callee, "--caller", "e1"], { env });
    expect({ code, out }).toEqual({ code: 9, out: "" });
    expect(err).toContain("e1 is offline");
    expect(err).toContain("--no-preflight");
    expect(sandbox.calls).toHaveLength(before);
    expect((await sipgateCall([callee, "--caller", "e1", "--no-preflight"], { env })).code).toBe(0);
    expect(sandbox.calls).toHaveLength(before + 1);
  });

  it("warns of a doubt and places the call", async () => {
    const args = [callee, "--caller", "e0", "--caller-id", "+494066969001"];
    const json = await sipgateCall([...args, "--json"], { env });
    expect(JSON.parse(json.out).warnings).toEqual([expect.stringContaining("none of the account's numbers")]);
    const { code, err } = await sipgateCall(args, { env });
    expect(code).toBe(0);
    expect(err).toContain("Warning: +494066969001 is none of the account's numbers");
  });

  it("is listed by doctor, which calls nobody", async () => {
    const before = sandbox.calls.length;
    const fine = await sipgateCall(["doctor", "--caller", "e0"], { env });
    expect(fine.code).toBe(0);
    expect(fine.out).toContain("ok        caller: e0 is yours and online.");
    const json = await sipgateCall(["doctor", "--caller", "e2", "--json"], { env });
    expect(json.code).toBe(9);
    expect(JSON.parse(json.out)).toMatchObject({ blocked: true });
    expect(sandbox.calls).toHaveLength(before);
  });
});

describe("a terminal", () => {
  /** Runs the command line in a terminal of its own, by the system's `script`. */
  async function inTerminal(environment: Record<string, string>): Promise<string> {
    const options = { env: { PATH: process.env.PATH, ...environment } };
    return (await promisify(execFile)("script", ["-qec", shellCommand(["devices"]), "/dev/null"], options))
      .stdout;
  }

  it("gets colours and hints, unless NO_COLOR is set; a pipe gets neither", async () => {
    const terminal = { ...env, TERM: "xterm" };
    expect(await inTerminal(terminal)).toContain("\u001b[1m");
    expect(await inTerminal(terminal)).toContain("--caller EXTENSION");
    expect(await inTerminal({ ...terminal, NO_COLOR: "1" })).not.toContain("\u001b[");
    const piped = await sipgateCall(["devices"], { env: terminal });
    expect(piped.out + piped.err).not.toContain("\u001b[");
    expect(piped.err).toBe("");
  });
});
