// A start runs the code as an earlier one compiled it, and compiles it itself whenever that can't be trusted.
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { strictSandbox } from "./support.js";
import { MAIN, newFolder, sipgateCall } from "./terminal.js";

const CALL = ["dial", "+493023125000", "--caller", "e0", "--no-preflight", "--no-follow"];

let sandbox: Sandbox;
let caches: string;
let kept: string;

beforeAll(async () => {
  sandbox = await strictSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  caches = newFolder();
  kept = join(caches, "sipgate-call", "compiled");
});
afterEach(() => rmSync(caches, { recursive: true }));

async function run(args: readonly string[], env: Record<string, string> = {}, main = MAIN) {
  const { baseUrl, tokenId, token } = sandbox.classic;
  const account = { SIPGATE_BASE_URL: baseUrl, SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
  return sipgateCall(args, { env: { ...account, XDG_CACHE_HOME: caches, ...env }, main });
}

/** What a start writes anew it couldn't use. */
const versions = () =>
  Object.fromEntries(readdirSync(kept).map((name) => [name, statSync(join(kept, name)).ino]));

describe("The code of a start that placed a call", () => {
  it("is kept in files of the user's own, and the next start writes nothing", async () => {
    await run(CALL);
    const first = versions();
    expect(Object.keys(first)).toEqual(expect.arrayContaining(["run.cjs.bin", "client.bin"]));
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    for (const name of Object.keys(first)) expect(statSync(join(kept, name)).mode & 0o777).toBe(0o600);
    const { code, out } = await run(CALL);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("Status: 200") });
    expect(versions()).toEqual(first);
  });

  it("is compiled again if what was kept is damaged", async () => {
    await run(CALL);
    const first = versions();
    const client = readFileSync(join(kept, "client.bin"));
    const middle = Math.floor(client.length / 4);
    client[middle] = 0xff & ~(client[middle] ?? 0);
    writeFileSync(join(kept, "client.bin"), client);
    writeFileSync(join(kept, "start.bin"), "");
    expect((await run(CALL)).code).toBe(0);
    const { "client.bin": inode, "start.bin": start, ...others } = versions();
    expect(inode).not.toBe(first["client.bin"]);
    expect(start).not.toBe(first["start.bin"]);
    expect(first).toMatchObject(others);
  });

  it("is compiled again if V8 refuses it, as with another flag", async () => {
    await run(CALL);
    const first = versions();
    expect((await run(CALL, { NODE_OPTIONS: "--jitless" })).code).toBe(0);
    expect(versions()["client.bin"]).not.toBe(first["client.bin"]);
  });

  it("is compiled again if it has changed, even in a file of the same name and size", async () => {
    const folder = newFolder();
    try {
      cpSync(fileURLToPath(new URL("../dist/", import.meta.url)), join(folder, "dist"), { recursive: true });
      const main = join(folder, "dist", "cli", "main.cjs");
      expect((await run(CALL, {}, main)).out).toContain("Status: 200");
      const chunks = join(folder, "dist", "chunks");
      for (const name of readdirSync(chunks).filter((name) => name.startsWith("dialling-"))) {
        const code = readFileSync(join(chunks, name), "utf8");
        writeFileSync(join(chunks, name), code.replaceAll("Status: ", "STATUS: "));
      }
      expect((await run(CALL, {}, main)).out).toContain("STATUS: 200");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is kept on Windows, which has other owners and modes", async () => {
    mkdirSync(kept, { recursive: true });
    chmodSync(kept, 0o777);
    const preload = join(caches, "windows.cjs");
    writeFileSync(preload, "delete process.geteuid;");
    await run(CALL, { NODE_OPTIONS: `--require ${preload}` });
    expect(readdirSync(kept)).toContain("client.bin");
  });

  it("is kept in the home's .cache if XDG_CACHE_HOME is a relative path, as the standard says", async () => {
    await run(CALL, { XDG_CACHE_HOME: "here", HOME: caches });
    expect(readdirSync(join(caches, ".cache", "sipgate-call", "compiled"))).toContain("client.bin");
  });
});

describe("Nothing is kept", () => {
  it.each([
    ["if no call is placed", ["dial", "--help"], {}],
    ["by another command", ["whoami"], {}],
    ["if a call fails", [...CALL, "--caller", "e0"], {}],
    ["if Node's own variable forbids it", CALL, { NODE_DISABLE_COMPILE_CACHE: "1" }],
  ] satisfies [string, readonly string[], Record<string, string>][])("%s", async (_, args, env) => {
    await run(args, env);
    expect(readdirSync(caches)).toEqual([]);
  });

  it.each([
    ["that other users can change", () => chmodSync(kept, 0o777)],
    // Only root can give a folder away.
    [
      "of another user",
      () => (process.geteuid?.() === 0 ? chownSync(kept, 12345, 12345) : chmodSync(kept, 0o777)),
    ],
    ["in one that other users can change", () => chmodSync(join(caches, "sipgate-call"), 0o777)],
    [
      "behind a link",
      () => {
        renameSync(kept, join(caches, "elsewhere"));
        symlinkSync(join(caches, "elsewhere"), kept);
      },
    ],
  ])("nor run in a folder %s", async (_, makeUnsafe) => {
    await run(CALL);
    for (const name of readdirSync(kept)) writeFileSync(join(kept, name), "");
    makeUnsafe();
    expect((await run(CALL)).code).toBe(0);
    for (const name of readdirSync(kept)) expect(readFileSync(join(kept, name), "utf8")).toBe("");
  });
});
