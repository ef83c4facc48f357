import { execFile } from "node:child_process";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answering } from "./answers.js";
import { onScreen } from "./pty.js";
import { strictSandbox } from "./support.js";
import { converse, newFolder, shellCommand, sipgateCall } from "./terminal.js";

const callee = "+493023125000";
let sandbox: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  sandbox = await strictSandbox();
  env = {
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN_ID: sandbox.classic.tokenId,
    SIPGATE_TOKEN: sandbox.classic.token,
  };
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

describe("what the user types", () => {
  it("is checked as a whole: all problems are reported at once", async () => {
    const { code, err } = await sipgateCall(["--caler", "e0", "a", "b", "--json=1", "--device"], { env });
    expect(code).toBe(2);
    expect(err).toContain("4 things are wrong");
    expect(err).toContain("Did you mean --caller?");
    expect(err).toContain("--json: It takes no value");
    expect(err).toContain("--device: It needs a value");
    expect(err).toContain("arguments: 2 more than expected");
  });

  it.each(["follow", "preflight"])("can't contain both --%s and its opposite", async (name) => {
    const { code, err } = await sipgateCall([callee, `--no-${name}`, `--${name}`], { env });
    expect(code).toBe(2);
    expect(err).toContain(`--${name}: It contradicts --no-${name}.`);
  });

  it.each(["devices", "dial"])("begins with the command: --timeout 5 %s is refused", async (command) => {
    const { code, err } = await sipgateCall(["--timeout", "5", command], { env });
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining(`Write \`sipgate-call ${command}\``),
    });
  });

  it.each([
    ["init", "--sandbox"],
    ["login", "--sandbox"],
    ["logout", "--sandbox"],
    ["profiles", "--sandbox"],
    ["profiles", "--timeout=5"],
  ])("%s says that it has no use for %s", async (command, option) => {
    const { code, err } = await sipgateCall([command, option]);
    expect(code).toBe(2);
    expect(err).toContain(`It has no use with ${command}.`);
  });

  it("dials nothing if it's wrong, and only a command that dials says so", async () => {
    expect((await sipgateCall([callee, "--caller"], { env })).err).toContain("Nothing was dialled.");
    for (const words of [
      ["devices", "--limit", "1"],
      ["devics"],
      ["hangup", "--call", ".."],
      ["history", "x"],
    ])
      expect((await sipgateCall(words, { env })).err).not.toContain("dialled");
  });

  it("may not contain a token, which the error doesn't repeat", async () => {
    const { code, err } = await sipgateCall([callee, "--token", "unmistakable"], { env });
    expect(code).toBe(2);
    expect(err).toContain("other users of this machine can see options");
    expect(err).not.toContain("unmistakable");
  });

  it("gets a suggestion if a command is misspelt", async () => {
    const { code, err } = await sipgateCall(["devics"], { env });
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining("Did you mean `sipgate-call devices`?"),
    });
  });

  it.each([
    ["dail", "dial"],
    ["call", "dial"],
    ["clals", "calls"],
    ["hang-up", "hangup"],
    ["setup", "init"],
    ["versoin", "--version"],
  ])("may be %s: then %s was meant", async (word, meant) => {
    const { code, err } = await sipgateCall([word], { env });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`\`sipgate-call ${meant}\``) });
  });

  it.each(["--callee", "--calle", "--to"])("may be %s: the callee goes without an option", async (option) => {
    const { code, err } = await sipgateCall(["--caller", "e0", option, callee], { env });
    expect(code).toBe(2);
    expect(err).toContain("The callee goes without an option.");
    expect(err).not.toContain("Did you mean");
  });

  it.each([
    [["-03023125000"], "-03023125000: It begins with a hyphen"],
    [["dial", "- 030 23125-000"], "- 030 23125-000: It begins with a hyphen"],
    [["hangup", "-1"], "-1: It begins with a hyphen"],
    [["dial", "-xyz"], "-x: There is no such option."],
  ])("is one problem if it begins with a hyphen: %j", async (words, expected) => {
    const { code, err } = await sipgateCall(words, { env });
    expect(code).toBe(2);
    expect(err).toContain(`Error: ${expected}`);
  });

  it("may be a number that lacks its quotes", async () => {
    const { code, err } = await sipgateCall(["+49", "30", "23125", "000", "--caller", "e0"], { env });
    expect(code).toBe(2);
    expect(err).toContain('Write "+49 30 23125 000".');
  });

  it.each([
    [[callee, "+493023125001"]],
    [["030/23125000", "030/23125001"]],
    [["dial", "03023125000", "03023125001"]],
  ])("has one callee only: %j", async (words) => {
    const { code, err } = await sipgateCall(words, { env });
    expect(code).toBe(2);
    expect(err).toContain("One callee only.");
  });

  it("is named in the error if it isn't a country", async () => {
    const { code, err } = await sipgateCall(["doctor", "--caller", "e0", "--country", "xx"], { env });
    expect(code).toBe(3);
    expect(err).toContain("--country: ");
  });

  it("is named once if its country isn't one", async () => {
    const words = ["03023125000", "--caller", "e0", "--country", "xx", "--dry-run"];
    const { code, err } = await sipgateCall(words, { env });
    expect(code).toBe(3);
    expect(err).not.toContain("things are wrong");
  });

  it.each([
    [["--caller", "e0", "--key", "", callee], ["--key: It must be text"]],
    [["dtmf", "--call", "abc", "12x"], ['tones: "12x"']],
    [["dtmf", "--call", "abc"], ["tones: It's missing."]],
    [
      ["transfer", "--call", "abc", "112", "--caller-id", "x"],
      ["number: 112 is", '--caller-id: "x"'],
    ],
    [["hangup", "--call", ".."], ["--call: It isn't"]],
    [["announce", "--call", "abc", "ftp://x"], ['url: "ftp://x"']],
  ])("is named in the error as it was typed: %j", async (words, expected) => {
    const { code, err } = await sipgateCall(words, { env });
    expect(code).toBe(2);
    for (const text of expected) expect(err).toContain(` ${text}`);
  });

  it("is named by doctor, too", async () => {
    const { code, out } = await sipgateCall(["doctor", "112", "--caller", "e0", "--device", "e00"], { env });
    expect(code).toBe(9);
    expect(out).toContain("request: callee: 112 is an emergency number.");
    expect(out).toContain("request: --device: It isn't an extension");
  });

  it("may be wrong in several fields of the request", async () => {
    const { code, err } = await sipgateCall(["0137 123456", "--caller", "w0", "--device", "e00"], { env });
    expect(code).toBe(2);
    expect(err).toContain("3 things are wrong. Nothing was dialled.");
    expect(err).toContain("--caller: w0 is a user, not a phone.");
  });
});

describe("a tester found that", () => {
  it("placeholders of a call don't stop a command that only reads", async () => {
    const files = { ".env": exampleEnv({ CALLER: "DIALING_DEVICE", CALLEE: "YOUR_RECIPIENT_PHONE_NUMBER" }) };
    expect((await sipgateCall(["devices"], { env, files })).code).toBe(0);
  });

  it("a wrong platform ends the sandbox with a message", async () => {
    const { code, err } = await sipgateCall(["devices", "--sandbox", "--platform", "nonsense"]);
    expect(code).toBe(3);
    expect(err).toContain("--platform");
  });

  it("the value of an option that doesn't exist isn't repeated", async () => {
    const { code, err } = await sipgateCall(["devices", "--api-key", "unmistakable"], { env });
    expect(code).toBe(2);
    expect(err).not.toContain("unmistakable");
  });

  it("credentials that a proxy repeats don't reach an error", async () => {
    const basic = Buffer.from(`${env.SIPGATE_TOKEN_ID}:${env.SIPGATE_TOKEN}`).toString("base64");
    const server = await answering({ status: 400, body: `you sent Authorization: Basic ${basic}` });
    const given = { ...env, SIPGATE_BASE_URL: server.baseUrl };
    const { err } = await sipgateCall([callee, "--caller", "e0", "--json"], { env: given });
    await server.close();
    expect(err).toContain("Basic (redacted)");
    expect(err).not.toContain(basic);
  });

  it("doctor doesn't say that all is well if sipgate can't be reached", async () => {
    const given = { ...env, SIPGATE_BASE_URL: "http://127.0.0.1:9/v2" };
    const { code, out } = await sipgateCall(["doctor", "--caller", "e0"], { env: given });
    expect(code).toBe(7);
    expect(out).toContain("nothing is known");
  });

  it("an invalid call id isn't sent", async () => {
    const before = sandbox.requests.length;
    for (const id of ["..", ".", ""])
      expect((await sipgateCall(["hangup", "--call", id], { env })).code).toBe(2);
    expect(sandbox.requests).toHaveLength(before);
  });
});

describe("help", () => {
  it("lists the commands and the settings", async () => {
    for (const args of [["--help"], ["-h"], ["help"]]) {
      const { code, out } = await sipgateCall(args);
      expect(code).toBe(0);
      expect(out).toContain("devices");
      expect(out).toContain("sipgate-call help options");
    }
  });

  it("lists every option and setting on request", async () => {
    const { code, out } = await sipgateCall(["help", "options"]);
    expect(code).toBe(0);
    for (const word of ["--ring-timeout SECONDS", "--base-url URL", "-v", "SIPGATE_TOKEN_ID"])
      expect(out).toContain(word);
  });

  it("fits a screen of 24 lines", async () => {
    const { shown } = await onScreen(["--help"], {}, 80);
    expect(shown.split("\n").length).toBeLessThanOrEqual(24);
    for (const line of shown.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each(["--help", "help options", "help dial", "help init"])(
    "breaks no word in a window of 40 columns: %s",
    async (line) => {
      const { shown } = await onScreen(line.split(" "), {}, 40);
      const lines = shown
        .split("\n")
        .filter((shownLine) => !/https?:|^ {2}\S*sipgate|printf|SIPGATE_/.test(shownLine));
      expect(lines.length).toBeGreaterThan(10);
      for (const shownLine of lines) expect(shownLine.length).toBeLessThanOrEqual(40);
    },
  );

  it("has examples for every command", async () => {
    const { out } = await sipgateCall(["--help"]);
    const listed = out.slice(out.indexOf("\nCall "), out.indexOf("\nOptions "));
    const commands = listed
      .replaceAll(/^(?:Call|Look|Set up)/gm, "")
      .split(/\s+/)
      .filter(Boolean);
    expect(commands.length).toBeGreaterThan(10);
    const helps = await Promise.all(commands.map((name) => sipgateCall([name, "--help"])));
    for (const [index, { code, out: text }] of helps.entries()) {
      expect(code).toBe(0);
      expect(text).toMatch(new RegExp(`Usage: sipgate-call ${commands[index]}[^]*Examples:\\n {2}`));
    }
  });

  it("has a companion: --version prints the version", async () => {
    for (const option of ["--version", "-v"])
      expect(await sipgateCall([option])).toEqual({ code: 0, out: "0.1.0\n", err: "" });
  });
});

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
    const { code, out, err } = await sipgateCall([callee, "--caller", "e0"], { env: withAccount(name) });
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
    const { code, err } = await sipgateCall([callee, "--caller", "e0"], { env: given });
    await server.close();
    expect(code).toBe(8);
    expect(err.match(/known whether/g)).toHaveLength(1);
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
