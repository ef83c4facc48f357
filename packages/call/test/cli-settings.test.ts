// Where the command line takes its settings from, and what it says if they are missing or wrong.
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsOf, strictSandbox } from "./support.js";
import { converse, newFolder, sipgateCall } from "./terminal.js";

const callee = "+493023125000";
let sandbox: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  sandbox = await strictSandbox();
  env = settingsOf(sandbox);
});
afterAll(() => sandbox.close());

const lastCall = () => sandbox.calls.at(-1);

/** The `.env` that sipgate's own example asks for. */
function exampleEnv(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return lines.join("\n\n# a comment, as the example has them\n");
}

const filledIn = () =>
  exampleEnv({
    BASE_URL: sandbox.baseUrl,
    TOKEN_ID: sandbox.classic.tokenId,
    TOKEN: sandbox.classic.token,
    DEVICE_ID: "e0",
    CALLER: "e0",
    CALLER_ID: "+496990009001",
    CALLEE: "+493023125001",
  });

describe("without any settings, the command line", () => {
  it("refuses to call, and names --sandbox: a script would take a call that rings nobody for a success", async () => {
    const { code, out, err } = await sipgateCall(["--json"]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    const { problems } = JSON.parse(err);
    expect(problems[0]).toMatchObject({
      field: "credentials",
      remedy: expect.stringMatching(/sipgate-call init.*sipgate-call login.*--sandbox/),
    });
  });

  it("calls inside the embedded sandbox on a terminal, and says so and how to place real calls", async () => {
    const folder = newFolder();
    const { code, shown } = await converse(["--no-follow"], [], { folder });
    rmSync(folder, { recursive: true });
    expect(shown).toContain("No credentials were found");
    expect(stripVTControlCharacters(shown)).toContain("  sipgate-call init   use your own account");
    expect(shown).toContain("no real phone rings");
    expect(shown).toContain("Status: 200");
    expect(code).toBe(0);
  });

  it("calls there without a terminal, too, if it may", async () => {
    const { code, out, err } = await sipgateCall(["--sandbox-if-no-credentials"]);
    expect(err).toContain("No credentials were found");
    expect(err).toContain("no real phone rings");
    expect(out).toMatch(/^Status: 200\nBody: \{"sessionId":"[^"]+"\}\n$/);
    expect(code).toBe(0);
  });

  it.each([[], ["--sandbox-if-no-credentials"]])(
    "doesn't pretend to call a number that was asked for %s",
    async (...options) => {
      const { code, out, err } = await sipgateCall([callee, "--caller", "e0", ...options]);
      expect({ code, out }).toEqual({ code: 3, out: "" });
      expect(err).toContain("--sandbox");
    },
  );

  it("calls it in the sandbox if --sandbox is given", async () => {
    const { code, out } = await sipgateCall(["030/23125486", "--sandbox", "--platform", "neo", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ platform: "neo", status: 200, sandbox: true });
  });
});

describe("settings", () => {
  it("come from an unchanged .env made for sipgate's own example", async () => {
    const { code, out } = await sipgateCall([], { files: { ".env": filledIn() } });
    expect(code).toBe(0);
    expect(out).toContain("Status: 200");
    expect(lastCall()).toMatchObject({
      caller: "e0",
      deviceId: "e0",
      callee: "+493023125001",
      callerIdShown: "+496990009001",
    });
  });

  it("come from a file with a byte order mark, Windows line ends, a stray line and the names of the older example", async () => {
    const older = `\uFEFF${filledIn()}\nnonsense\n`
      .replace("BASE_URL", "baseURL")
      .replace("TOKEN_ID", "tokenId")
      .replace("DEVICE_ID", "deviceId")
      .replace("CALLER_ID", "callerId")
      .replaceAll("\n", "\r\n");
    expect((await sipgateCall([], { files: { ".env": older } })).code).toBe(0);
  });

  it("are taken from options first, then from the environment, then from .env", async () => {
    const files = { ".env": filledIn() };
    await sipgateCall([], { files, env: { SIPGATE_CALLEE: "+493023125486", SIPGATE_CALLER: "e3" } });
    expect(lastCall()).toMatchObject({ callee: "+493023125486", caller: "e3" });
    await sipgateCall(["+493023125603", "--caller", "e4"], {
      files,
      env: { SIPGATE_CALLEE: "+493023125486", SIPGATE_CALLER: "e3" },
    });
    expect(lastCall()).toMatchObject({ callee: "+493023125603", caller: "e4" });
  });

  it("use the device as the caller if no caller is given", async () => {
    await sipgateCall([callee, "--device", "e3"], { env });
    expect(lastCall()).toMatchObject({ caller: "e3" });
  });

  it("with a placeholder are reported along with everything else that's wrong", async () => {
    const half = exampleEnv({
      TOKEN_ID: "token-CLASSI",
      TOKEN: "YOUR_SIPGATE_TOKEN",
      CALLER: "DIALING_DEVICE",
      CALLEE: "112",
    });
    const { code, err } = await sipgateCall([], { files: { ".env": half } });
    expect(code).toBe(3);
    expect(err).toContain("3 things are wrong");
    expect(err).toContain("TOKEN in .env: It still holds the placeholder YOUR_SIPGATE_TOKEN");
    expect(err).toContain("CALLER in .env: It still holds the placeholder DIALING_DEVICE");
    expect(err).toContain("CALLEE in .env: 112 is an emergency number");
  });

  it("with half of the credentials say which half is missing", async () => {
    const { code, err } = await sipgateCall([callee, "--caller", "e0"], {
      env: { SIPGATE_TOKEN_ID: "token-CLASSI" },
    });
    expect(code).toBe(3);
    expect(err).toContain("SIPGATE_TOKEN: It's missing");
  });

  it("come from the file named by --env, which has to exist", async () => {
    for (const option of ["--env", "--env-file"])
      expect((await sipgateCall([option, "other"], { files: { other: filledIn() } })).code).toBe(0);
    const missing = await sipgateCall(["--env", "nowhere"]);
    expect(missing).toMatchObject({ code: 3, out: "" });
    expect(missing.err).toContain("nowhere: There is no such file");
    expect((await sipgateCall(["--env", ""])).err).toContain("--env: There is no such file");
  });
});

describe("an .env that holds a token", () => {
  it.each([
    [0o644, true],
    [0o640, true],
    [0o600, false],
  ])("with mode %o causes a warning: %s", async (mode, isWarnedOf) => {
    const folder = newFolder();
    const { baseUrl, tokenId, token } = sandbox.classic;
    writeFileSync(join(folder, ".env"), `TOKEN_ID=${tokenId}\nTOKEN=${token}\nBASE_URL=${baseUrl}\n`);
    chmodSync(join(folder, ".env"), mode);
    const { code, err } = await sipgateCall(["whoami"], { folder });
    rmSync(folder, { recursive: true });
    expect(code).toBe(0);
    expect(err.includes("chmod 600 .env")).toBe(isWarnedOf);
    expect(err).not.toContain(token);
  });
});
