// What the user types: what is understood, and what is said of anything else.
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

/** The `.env` that sipgate's own example asks for. */
function exampleEnv(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return lines.join("\n\n# a comment, as the example has them\n");
}

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
