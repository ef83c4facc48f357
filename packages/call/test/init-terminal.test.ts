// The questions of init at a terminal.
import { readdirSync, rmSync } from "node:fs";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { strictSandbox } from "./support.js";
import { converse, newFolder, sipgateCall } from "./terminal.js";

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

/** Token id and token of one of the sandbox's accounts. */
function signIn(name = "classic"): [string, string] {
  const account = sandbox.accounts.find((candidate) => candidate.name === name);
  return [account?.tokenId ?? "", account?.token ?? ""];
}

/** What a later run takes from the file. */
async function planned(args: readonly string[] = []): Promise<string> {
  const { out } = await sipgateCall(["--dry-run", "--json", ...args], { folder });
  return JSON.stringify(JSON.parse(out).requests[0].body);
}

describe("init on a terminal", () => {
  const down = "\u001b[B";
  const enter = "\r";
  const args = () => ["init", "--base-url", sandbox.baseUrl];

  it("lets arrow keys choose, asks again after a wrong token, and shows no token", async () => {
    const [id, token] = signIn();
    const wrong = signIn("classic-wrong-password")[1];
    const { code, shown } = await converse(
      args(),
      [
        ["Token id", `${id}${enter}`],
        ["Token (not shown)", `${wrong}${enter}`],
        ["Token id", enter],
        ["Token (not shown)", `${token}${enter}`],
        ["Unplugged phone, offline", `${down}${down}${down}${enter}`],
        ["Second line", `${down}${enter}`],
        ["Default number to call", `030/23125-001${enter}`],
        ["test call", enter],
      ],
      { folder },
    );
    expect(shown).toContain("The token id or the token is wrong");
    expect(shown).toContain("Wrote .env. Only you can read it.");
    expect(code).toBe(0);
    expect(shown).not.toContain(token);
    expect(shown).not.toContain(wrong);
    expect(await planned()).toBe('{"caller":"e3","callee":"+493023125001","callerId":"+496990009000"}');
  });

  it("keeps what was typed after a mistake, and takes the token where its id was asked for", async () => {
    const [id, token] = signIn();
    const { code, shown } = await converse(
      args(),
      [
        ["Token id", `${token}${enter}`],
        ["looks like the token itself", ""],
        ["Token id", `${id}${enter}`],
        ["Unplugged phone, offline", enter],
        ["Second line", enter],
        ["Default number to call", `030/23125-001x${enter}`],
        ["It isn't a phone number", ""],
        ["030/23125-001x█", "\u007f"],
        ["030/23125-001█", enter],
        ["test call", enter],
      ],
      { folder },
    );
    expect(shown).toContain("Wrote .env. Only you can read it.");
    expect(code).toBe(0);
    expect(await planned()).toBe('{"caller":"e0","callee":"+493023125001"}');
  });

  it("says which scopes to tick before it asks for anything", async () => {
    const { shown } = await converse(args(), [["Token id", "\u0003"]], { folder });
    const before = shown.slice(0, shown.indexOf("Token id"));
    for (const scope of ["sessions:calls:write", "rtcm:write", "history:read", "devices:read"])
      expect(before).toContain(scope);
  });

  it("writes nothing after Ctrl-C", async () => {
    const [id] = signIn();
    const { code, shown } = await converse(
      args(),
      [
        ["Token id", `${id}${enter}`],
        ["Token (not shown)", "\u0003"],
      ],
      { folder },
    );
    expect(code).toBe(130);
    expect(shown).toContain("Nothing was written.");
    expect(readdirSync(folder)).toEqual([]);
  });
});
