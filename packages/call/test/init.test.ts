import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answering } from "./answers.js";
import { strictSandbox } from "./support.js";
import { newFolder, type Run, type RunOptions, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let folder: string;

beforeAll(async () => {
  sandbox = await strictSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name = ".env") => readFileSync(join(folder, name), "utf8");
const write = (text: string, name = ".env") => writeFileSync(join(folder, name), text);
const there = (name = ".env") => existsSync(join(folder, name));

/** Token id and token of one of the sandbox's accounts. */
function signIn(name = "classic"): [string, string] {
  const account = sandbox.accounts.find((candidate) => candidate.name === name);
  return [account?.tokenId ?? "", account?.token ?? ""];
}

function init(
  answers: readonly string[],
  options: RunOptions & { args?: readonly string[] } = {},
): Promise<Run> {
  const { args = ["--base-url", sandbox.baseUrl], ...rest } = options;
  return sipgateCall(["init", ...args], {
    folder,
    stdin: answers.map((answer) => `${answer}\n`).join(""),
    ...rest,
  });
}

/** What a later run takes from the file. */
async function planned(args: readonly string[] = []): Promise<string> {
  const { out } = await sipgateCall(["--dry-run", "--json", ...args], { folder });
  return JSON.stringify(JSON.parse(out).requests[0].body);
}

describe("init with piped answers", () => {
  it("writes a file for its owner only, which later runs use", async () => {
    const answers = [...signIn(), "e0", "+496990009001", "030/23125-001", "n"];
    const { code, out, err } = await init(answers);
    expect({ code, out }).toEqual({ code: 0, out: "Wrote .env. Only you can read it.\n" });
    expect(err).toContain("2  e1  Unplugged phone, offline");
    expect(out + err).not.toContain(sandbox.classic.token);
    expect(statSync(join(folder, ".env")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([".env"]);
    expect(read()).toContain(`# Your personal access token`);
    expect(read()).not.toContain("\nSIPGATE_PLATFORM");
    expect((await sipgateCall(["whoami"], { folder })).out).toContain("Platform: classic");
    expect(await planned()).toBe('{"caller":"e0","callee":"+493023125001","callerId":"+496990009001"}');
  });

  it("accepts the number of a choice, and nothing for what is optional", async () => {
    const { code, out } = await init([...signIn(), "4"], {
      args: ["--base-url", sandbox.baseUrl, "--json", "--env", "work.env"],
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      type: "settings",
      file: "work.env",
      user: "w0",
      platform: "classic",
      caller: "e3",
    });
    expect(await planned(["--env", "work.env", "+493023125000"])).toContain('{"caller":"e3"');
  });

  it("writes a base URL of the environment beside the token that belongs to it", async () => {
    const env = { SIPGATE_BASE_URL: sandbox.baseUrl, SIPGATE_CALLER: "e5" };
    const { code, err } = await init([...signIn(), "e0"], { args: [], env });
    expect(code).toBe(0);
    expect(read()).toContain(sandbox.baseUrl);
    expect(err).toContain("SIPGATE_CALLER is set in your environment and takes precedence");
  });

  it("places a test call if the user wants one", async () => {
    const { code, out, err } = await init([...signIn(), "e0", "", "", "y", "030/23125002"]);
    expect(code).toBe(0);
    expect(sandbox.calls.at(-1)).toMatchObject({ caller: "e0", callee: "+493023125002" });
    expect(err).toContain(`Call id: ${sandbox.calls.at(-1)?.id}`);
    expect(out).toBe("Wrote .env. Only you can read it.\n");
  });

  it("keeps what it wrote if the test call wouldn't ring", async () => {
    const args = ["--base-url", sandbox.baseUrl, "--json"];
    const { code, out, err } = await init([...signIn(), "e1", "", "", "y", "030/23125000"], { args });
    expect(code).toBe(9);
    expect(JSON.parse(out)).toMatchObject({ caller: "e1" });
    expect(JSON.parse(err).message).toContain("e1 is offline");
    expect(there()).toBe(true);
  });

  it("says what to set if nobody answers", async () => {
    for (const stdin of [undefined, ""]) {
      const { code, out, err } = await sipgateCall(
        ["init"],
        stdin === undefined ? { folder } : { folder, stdin },
      );
      expect({ code, out }).toEqual({ code: 3, out: "" });
      expect(err).toContain("SIPGATE_TOKEN_ID, SIPGATE_TOKEN and SIPGATE_CALLER");
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each<[string, readonly string[], string]>([
    ["before the token", ["ID"], "Token (not shown): The answers end before this one"],
    ["before the phone", ["ID", "TOKEN"], "Phone to call from [e0]: The answers end"],
    ["before the number to call", ["ID", "TOKEN", "e0", "", "", "y"], "Number to call: The answers end"],
  ])("writes nothing if the answers end %s", async (_, answers, missing) => {
    const [id, token] = signIn();
    const { code, err } = await init(answers.map((answer) => ({ ID: id, TOKEN: token })[answer] ?? answer));
    expect(code).toBe(2);
    expect(err).toContain(missing);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each<[string, readonly string[], string]>([
    ["a phone that isn't there", ["e7"], "e0, e1, e2"],
    ["a choice beyond the last", ["9"], "Answer with 1 to 8"],
    ["a callee that isn't dialled", ["e0", "", "112"], "112 is an emergency number"],
    ["neither yes nor no", ["e0", "", "", "perhaps"], "Answer with y or n"],
    ["the token in a wrong place", ["TOKEN"], "Answer 3 isn't one of the choices"],
    ["the token as a number", ["e0", "", "TOKEN"], "It isn't a phone number"],
  ])("ends at %s", async (_, answers, said) => {
    const [, token] = signIn();
    const { code, out, err } = await init([...signIn(), ...answers.map((a) => (a === "TOKEN" ? token : a))]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(said);
    expect(err).not.toContain(token);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("ends at a wrong token and says what to do", async () => {
    const { code, err } = await init([...signIn("classic-wrong-password"), "e0"]);
    expect(code).toBe(4);
    expect(err).toContain("Check both parts of the personal access token");
    expect(err).not.toContain(signIn("classic-wrong-password")[1]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes no token as an option", async () => {
    const { code, err } = await init([], { args: ["--token", "unmistakable"] });
    expect(code).toBe(2);
    expect(err).not.toContain("unmistakable");
  });
});

describe("init without all scopes", () => {
  it("asks for the extension if the phones can't be listed", async () => {
    const { code, err } = await init([...signIn("classic-without-devices:read"), "e3"]);
    expect(code).toBe(0);
    expect(err).toContain("Your phones can't be listed");
    expect(err).toContain("devices:read");
    expect(read()).toContain("CALLER = 'e3'");
    const wrong = await init(["y", ...signIn("classic-without-devices:read"), "w0"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("w0 is a user, not a phone");
  });

  it("asks for the number if the numbers can't be listed", async () => {
    const { code, err } = await init([...signIn("classic-without-numbers:read"), "e0", "069/90009001"]);
    expect(code).toBe(0);
    expect(err).toContain("Your numbers can't be listed");
    expect(read()).toContain("CALLER_ID = '+496990009001'");
  });
});

describe("init on neo", () => {
  it("writes the platform, and refuses a mobile phone", async () => {
    const { code, err } = await init([...signIn("neo"), "e0"]);
    expect(code).toBe(0);
    expect(err).toMatch(/y0 .*\(not usable: neo refuses mobile phones\)/);
    expect(read()).toContain("SIPGATE_PLATFORM = 'neo'");
    const mobile = await init(["y", ...signIn("neo"), "y0"]);
    expect(mobile.code).toBe(2);
    expect(mobile.err).toContain("y0 isn't usable: neo refuses mobile phones.");
  });

  it("removes the previous account's platform and billed device", async () => {
    write("SIPGATE_PLATFORM=classic\nDEVICE_ID=e3\n");
    expect((await init(["y", ...signIn("neo"), "e0"])).code).toBe(0);
    expect(read()).toContain("SIPGATE_PLATFORM='neo'\n# DEVICE_ID=e3\n");
    expect((await init(["y", ...signIn(), "e0"])).code).toBe(0);
    expect(read()).toContain("# SIPGATE_PLATFORM='neo'\n");
  });
});

describe("an existing file", () => {
  const older = [
    "\uFEFF# mine: don't touch",
    "export TOKEN_ID = 'old'   # the id",
    "TOKEN=old",
    "TOKEN=older",
    'OTHER = "a # b\nTOKEN = not this"',
    "CALLER_ID = '+496990009000'",
    "",
    "# Default number to call",
    "# CALLEE = 'YOUR_RECIPIENT_PHONE_NUMBER'",
    "SIPGATE_COUNTRY = AT",
    "LAST=1",
  ].join("\n");

  it("stays unchanged without a yes", async () => {
    write(older);
    for (const answer of ["n", ""]) {
      const { code, err } = await init([answer, ...signIn(), "e0"]);
      expect(code).toBe(130);
      expect(err).toContain("Nothing was written.");
    }
    expect((await init([...signIn(), "e0"])).code).toBe(2);
    expect(read()).toBe(older);
  });

  it("keeps every other line", async () => {
    write(older);
    const [id, token] = signIn();
    const answers = ["y", id, token, "e0", "none", "030/23125000"];
    expect((await init(answers)).code).toBe(0);
    expect(read()).toBe(
      [
        "# mine: don't touch",
        `export TOKEN_ID = '${id}'   # the id`,
        "TOKEN=old",
        `TOKEN='${token}'`,
        'OTHER = "a # b\nTOKEN = not this"',
        "# CALLER_ID = '+496990009000'",
        "",
        "# Default number to call",
        "CALLEE = '+493023125000'",
        "SIPGATE_COUNTRY = AT",
        "LAST=1",
        "CALLER = 'e0'",
        `BASE_URL = '${sandbox.baseUrl}'`,
        "",
      ].join("\n"),
    );
    expect(statSync(join(folder, ".env")).mode & 0o777).toBe(0o600);
    expect((await sipgateCall(["whoami"], { folder })).code).toBe(0);
  });

  it("may be a copy of .env.example, whose lines init fills in", async () => {
    write(readFileSync(new URL("../../../.env.example", import.meta.url), "utf8"));
    const before = read().split("\n");
    const { code } = await init(["y", ...signIn(), "e0", "", "030/23125000"]);
    expect(code).toBe(0);
    const changed = read()
      .split("\n")
      .filter((line) => !before.includes(line));
    expect(changed.map((line) => line.split(" = ")[0])).toEqual([
      "TOKEN_ID",
      "TOKEN",
      "CALLER",
      "CALLEE",
      "BASE_URL",
    ]);
    expect(await planned()).toBe('{"caller":"e0","callee":"+493023125000"}');
  });

  it("provides the suggested answers", async () => {
    write(`TOKEN_ID=${signIn()[0]}\nCALLER=e3\nCALLER_ID=+496990009002\nCALLEE=+493023125001\n`);
    const { code, err } = await init(["y", "", signIn()[1], "", "", "", ""]);
    expect(code).toBe(0);
    expect(err).toContain("Phone to call from [e3]:");
    expect(await planned()).toBe('{"caller":"e3","callee":"+493023125001","callerId":"+496990009002"}');
  });

  it("keeps its Windows line ends", async () => {
    write("TOKEN_ID=a\r\nTOKEN=b\r\nX=1\r\n");
    expect((await init(["y", ...signIn(), "e0"])).code).toBe(0);
    expect(read().replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("isn't changed if an unclosed quote would swallow the rest", async () => {
    const broken = "TOKEN=b\nNAME='open\n";
    write(broken);
    const { code, err } = await init(["y", ...signIn(), "e0"]);
    expect(code).toBe(3);
    expect(err).toContain("unclosed quotes");
    expect(read()).toBe(broken);
  });

  it("isn't overwritten if it appeared while the questions were asked", async () => {
    const server = await answering(() => {
      write("X=1\n");
      return { status: 200, body: '{"sub":"w0","items":[]}' };
    });
    const { code, err } = await init(["token-ABC123", "abc", "e0"], { args: ["--base-url", server.baseUrl] });
    await server.close();
    expect(code).toBe(3);
    expect(err).toContain("Another program changed it meanwhile");
    expect(read()).toBe("X=1\n");
  });

  it("may be a link, and stays one", async () => {
    mkdirSync(join(folder, "real"));
    write("X=1\n", "real/env");
    execFileSync("ln", ["-s", "real/env", ".env"], { cwd: folder });
    expect((await init(["y", ...signIn(), "e0"])).code).toBe(0);
    expect(read("real/env")).toContain("X=1\n");
    expect(read("real/env")).toContain("CALLER = 'e0'");
  });

  it("is reported before the first question if it can't be written", async () => {
    const args = ["--env-file", "nowhere/.env"];
    const { code, err } = await init(signIn(), { args });
    expect(code).toBe(3);
    expect(err).toContain("nowhere/.env: It can't be written (ENOENT)");
  });
});

describe("a token with special characters", () => {
  it.each(["a#b", "it's", '"quoted"', "a'b\"c", "back\\nslash", "a`'\"b", "$HOME", "=a=b="])(
    "%s is read back as it is",
    async (token) => {
      const server = await answering({ status: 200, body: '{"sub":"w0","items":[]}' });
      const where = ["--base-url", server.baseUrl, "--platform", "classic"];
      const { code } = await init(["token-ABC123", token, "e0"], { args: where });
      expect(code).toBe(0);
      await sipgateCall(["whoami"], { folder });
      await server.close();
      const basic = Buffer.from(`token-ABC123:${token}`).toString("base64");
      expect(server.headers.at(-1)?.authorization).toBe(`Basic ${basic}`);
      expect(read()).toContain("SIPGATE_PLATFORM = 'classic'");
    },
  );

  it("isn't written if nothing reads it back unchanged", async () => {
    const server = await answering({ status: 200, body: '{"sub":"w0","items":[]}' });
    const token = "'#\"`";
    const { code, err } = await init(["token-ABC123", token, "e0"], { args: ["--base-url", server.baseUrl] });
    await server.close();
    expect(code).toBe(3);
    expect(err).not.toContain(token);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("init in a git repository", () => {
  it("warns unless the file is ignored", async () => {
    execFileSync("git", ["init", "-q"], { cwd: folder });
    const warning = "git doesn't ignore .env";
    expect((await init([...signIn(), "e0"])).err).toContain(warning);
    write(".env\n", ".gitignore");
    expect((await init(["y", ...signIn(), "e0"])).err).not.toContain(warning);
  });
});
