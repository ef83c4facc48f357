// `sipgate-call dial --key` on several machines: with SIPGATE_DATABASE_URL they share their keys.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDatabases, type TestDatabases } from "./database.js";

const CALL = fileURLToPath(new URL("../../call/dist", import.meta.url));
let databases: TestDatabases;
let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  databases = await startDatabases();
  sandbox = await createSandbox();
  folder = mkdtempSync(join(tmpdir(), "sipgate-lists-dial-"));
});
afterAll(async () => {
  await sandbox.close();
  await databases.close();
  rmSync(folder, { recursive: true });
});

const DIAL = ["dial", "+493023125001", "--caller", "e0", "--key", "order-4711", "--json", "--no-follow"];
const dial = (machine: string, url: string, dist = CALL) => sipgateCall(DIAL, machine, url, dist);

async function sipgateCall(words: readonly string[], machine: string, url: string, dist = CALL) {
  const { baseUrl, classic } = sandbox;
  const child = spawn(process.execPath, [join(dist, "cli/main.cjs"), ...words], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: join(folder, machine),
      SIPGATE_BASE_URL: baseUrl,
      SIPGATE_TOKEN_ID: classic.tokenId,
      SIPGATE_TOKEN: classic.token,
      SIPGATE_DATABASE_URL: url,
    },
  });
  const [[code], out, error] = await Promise.all([
    once(child, "exit"),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, out, error };
}

describe("dial --key with SIPGATE_DATABASE_URL", () => {
  it("rings once, from whichever machine", async () => {
    const url = databases.newDatabase();
    const first = await dial("one", url);
    const second = await dial("two", url);
    expect([first, second].map(({ code, error }) => [code, error])).toEqual([
      [0, expect.anything()],
      [0, expect.anything()],
    ]);
    expect(sandbox.calls).toHaveLength(1);
    const id = sandbox.calls[0]?.id ?? "";
    expect(first.out).toContain(id);
    expect(second.out).toContain(id);
    expect(second.out).toContain('"repeated":true');
  });

  it("places nothing if the database has no tables, can't be reached or is none, and says what to do", async () => {
    const before = sandbox.calls.length;
    const empty = await dial("one", databases.newEmptyDatabase());
    expect(empty.error).toContain("sipgate-call-lists init");
    const away = await dial("one", "postgresql://me:kept-secret@127.0.0.1:1/database");
    expect(away.error).toContain("store-failed");
    const none = await dial("one", "kept-secret");
    expect(none.error).toContain("SIPGATE_DATABASE_URL");
    expect([empty, away, none].map(({ code }) => code)).toEqual([3, 3, 3]);
    expect(away.error + none.error).not.toContain("kept-secret");
    expect(sandbox.calls).toHaveLength(before);
  });

  it("says how to get the package if it isn't installed, and places nothing", async () => {
    const alone = join(folder, "alone");
    cpSync(CALL, alone, { recursive: true });
    const before = sandbox.calls.length;
    const { code, error } = await dial("one", databases.newDatabase(), alone);
    expect(code).toBe(3);
    expect(error).toContain("sipgate-call-lists isn't installed");
    expect(sandbox.calls).toHaveLength(before);
  });
});

describe("sipgate-call list", () => {
  it("hands its words to sipgate-call-lists, with its help and its exit codes", async () => {
    const url = databases.newDatabase();
    const status = await sipgateCall(["list", "status"], "one", url);
    expect(status).toMatchObject({ code: 0, error: expect.stringContaining("There is no list yet") });
    expect(await sipgateCall(["list", "pause", "spring", "--json"], "one", url)).toMatchObject({
      code: 2,
      error: expect.stringContaining('"code":"not-found"'),
    });
    expect((await sipgateCall(["list", "next", "--help"], "one", url)).out).toContain("--agent NAME");
  });
});
