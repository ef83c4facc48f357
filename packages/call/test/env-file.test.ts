// The file .env as people write it, in any editor.
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { strictSandbox } from "./support.js";
import { type Run, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let lines: string[];

beforeAll(async () => {
  sandbox = await strictSandbox();
  lines = ["CALLER=e0", `TOKEN_ID=${sandbox.classic.tokenId}`, `TOKEN=${sandbox.classic.token}`];
});
afterAll(() => sandbox.close());

const whoami = (file: string | Uint8Array): Promise<Run> =>
  sipgateCall(["whoami"], { files: { ".env": file }, env: { SIPGATE_BASE_URL: sandbox.baseUrl } });

describe("a stray line", () => {
  it.each(["it's mine", "don't `touch", '5" screen', "# it's a comment", "# a = 'b"])(
    "%s leaves the next one as it is",
    async (stray) => {
      for (const at of [0, 1, 2]) {
        const run = await whoami(lines.toSpliced(at, 0, stray).join("\n"));
        expect(run).toMatchObject({ code: 0, err: "" });
      }
    },
  );

  it("isn't one if it's inside a quoted value of several lines", async () => {
    const key = 'KEY="-----BEGIN KEY-----\nTOKEN=wrong\n-----END KEY-----"';
    expect((await whoami([...lines, key].join("\n"))).code).toBe(0);
  });
});

describe("UTF-16", () => {
  const littleEndian = () => Buffer.from(`\uFEFF${lines.join("\r\n")}`, "utf16le");

  it("is read in either byte order", async () => {
    expect((await whoami(littleEndian())).code).toBe(0);
    expect((await whoami(littleEndian().swap16())).code).toBe(0);
  });

  it("without a mark is refused with a remedy, like anything else that isn't text", async () => {
    const { code, err } = await whoami(littleEndian().subarray(2));
    expect(code).toBe(3);
    expect(err).toContain(".env: It isn't UTF-8 text.");
  });
});

describe("a line of another language", () => {
  it.each([
    ["set TOKEN=unmistakable", 'begins with "set"'],
    ['SETX TOKEN "unmistakable"', 'begins with "set"'],
    ["$env:TOKEN = 'unmistakable'", 'begins with "$env:"'],
  ])("%s is told by its line, without its content", async (wrong, told) => {
    const { code, err } = await whoami(["# mine", wrong].join("\n"));
    expect(code).toBe(3);
    expect(err).toContain(`.env: Line 2 ${told}`);
    expect(err).not.toContain("unmistakable");
  });

  it("is nobody's business if it sets something else", async () => {
    expect((await whoami([...lines, "set PATH=x"].join("\n"))).code).toBe(0);
  });
});

describe("a value that isn't one", () => {
  it.each(["$" + "{MY_TOKEN}", "$MY_TOKEN", "%MY_TOKEN%"])(
    "%s is told: nothing replaces it",
    async (value) => {
      const { code, err } = await whoami([...lines.slice(0, 2), `TOKEN=${value}`].join("\n"));
      expect(code).toBe(3);
      expect(err).toContain("TOKEN in .env: It's the name of a variable");
    },
  );

  it("in quotes, as docker run --env-file leaves it, is told without its content", async () => {
    const env = {
      SIPGATE_BASE_URL: sandbox.baseUrl,
      SIPGATE_TOKEN_ID: "token-ABC123",
      SIPGATE_TOKEN: '"unmistakable"',
    };
    const { code, err } = await sipgateCall(["whoami"], { env });
    expect(code).toBe(3);
    expect(err).toContain(
      "SIPGATE_TOKEN: It stands in quotation marks, as `docker run --env-file` leaves them",
    );
    expect(err).not.toContain("unmistakable");
  });
});

describe("a value as an example shows it", () => {
  it.each([
    ["<unmistakable>", "It stands in angle brackets"],
    ["\"'unmistakable'\"", "It stands in quotation marks."],
    ["\u201eunmistakable\u201c", "It stands in quotation marks."],
  ])("%s is told, without its content", async (value, told) => {
    const { code, err } = await whoami([...lines.slice(0, 2), `TOKEN=${value}`].join("\n"));
    expect(code).toBe(3);
    expect(err).toContain(`TOKEN in .env: ${told}`);
    expect(err).not.toContain("unmistakable");
  });

  it.each(["SIPGATE_TOKEN=  VALUE\t", "SIPGATE_TOKEN=' VALUE '", 'SIPGATE_TOKEN="VALUE"'])(
    "%s has blanks and quotes that don't matter",
    async (line) => {
      const token = line.replace("VALUE", sandbox.classic.token);
      expect((await whoami([...lines.slice(0, 2), token].join("\n"))).code).toBe(0);
    },
  );
});

describe("a name that isn't one of ours, but nearly", () => {
  it.each([
    ["sipgate_token=unmistakable", "SIPGATE_TOKEN"],
    ["export Sipgate_Token_Id=unmistakable", "SIPGATE_TOKEN_ID"],
    ["SIPGATE_CALLERID=unmistakable", "SIPGATE_CALLER_ID"],
  ])("%s is told by its line, without its value", async (line, meant) => {
    const { code, err } = await whoami([...lines, line].join("\n"));
    expect(code).toBe(3);
    expect(err).toContain(".env: Line 4 sets ");
    expect(err).toContain(`Did you mean ${meant}?`);
    expect(err).not.toContain("unmistakable");
  });

  it("is told in the environment, too", async () => {
    const { code, err } = await sipgateCall(["whoami"], { env: { sipgate_token: "unmistakable" } });
    expect(code).toBe(3);
    expect(err).toContain("sipgate_token: Names of variables are in capital letters.");
    expect(err).toContain("Call it SIPGATE_TOKEN.");
  });

  it("is another program's if it begins otherwise", async () => {
    const others = ["token_id=x", "SIPGATE_DEPARTMENT=x", "SIPGATE_PROXY=x", "Caller=x"];
    expect((await whoami([...lines, ...others].join("\n"))).code).toBe(0);
  });
});

it("platform and country may be in any letters", async () => {
  const settings = ["SIPGATE_PLATFORM=Classic", "SIPGATE_COUNTRY=de"];
  expect((await whoami([...lines, ...settings].join("\n"))).code).toBe(0);
});

describe("a colon instead of an equals sign", () => {
  it.each(["TOKEN: unmistakable", "TOKEN : unmistakable==", "export SIPGATE_TOKEN: 'unmistakable'"])(
    "%s is told by its line, without its content",
    async (wrong) => {
      const { code, err } = await whoami(["# mine", "", wrong].join("\r\n"));
      expect(code).toBe(3);
      expect(err).toContain(".env: Line 3 has a colon instead of an equals sign.");
      expect(err).not.toContain("unmistakable");
    },
  );

  it("doesn't matter in other lines", async () => {
    expect((await whoami([...lines, "NOTE: hello", "URL=http://a:1"].join("\n"))).code).toBe(0);
  });
});

it("a file's name can't change the terminal", async () => {
  const name = "\u001b[2Jx";
  const missing = await sipgateCall(["whoami", "--env-file", name]);
  expect(missing.err).toContain("\\u{1b}[2Jx: There is no such file");
  const wrong = await sipgateCall(["whoami", "--env-file", name], {
    files: { [name]: `${lines.join("\n")}\nBASE_URL=nonsense\n` },
  });
  expect(wrong.err).toContain("BASE_URL in \\u{1b}[2Jx: ");
  expect(wrong.err).not.toContain("\u001b");
});
