// Folders in which state and sign-ins are kept: of this user alone, or refused with what to do. Nothing waits for ever.
import { execFile, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loginEnv, signIn } from "./login-steps.js";
import { strictSandbox } from "./support.js";
import { newFolder, type RunOptions, shellCommand, sipgateCall } from "./terminal.js";

const CALL = ["+493023125001", "--caller", "e0", "--no-preflight", "--no-follow"];

let sandbox: Sandbox;
let home: string;
let env: Record<string, string>;

beforeAll(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  home = newFolder();
  const { tokenId, token } = sandbox.classic;
  const { XDG_CONFIG_HOME: _, ...login } = loginEnv(sandbox, home);
  env = {
    ...login,
    SIPGATE_TOKEN_ID: tokenId,
    SIPGATE_TOKEN: token,
    XDG_CONFIG_HOME: home,
    XDG_STATE_HOME: home,
  };
  return () => rmSync(home, { recursive: true });
});

const run = (args: readonly string[], more: Record<string, string> = {}, options: RunOptions = {}) =>
  sipgateCall([...args, "--json"], { ...options, env: { ...env, ...more } });
const errorOf = ({ code, err }: { code: number | null; err: string }) => ({ exit: code, ...JSON.parse(err) });
const signedOut = { SIPGATE_TOKEN_ID: "", SIPGATE_TOKEN: "" };

describe("a user without a home folder, whom the system doesn't know", () => {
  let without: Record<string, string>;
  beforeEach(() => {
    // What node:os does then: the system's error for a user without an entry.
    const unknownUser = join(home, "unknown-user.cjs");
    const fails =
      '() => { throw Object.assign(new Error("uv_os_homedir returned ENOENT"), { code: "ERR_SYSTEM_ERROR" }); }';
    writeFileSync(
      unknownUser,
      `Object.assign(require("node:os"), { homedir: ${fails}, userInfo: ${fails} });`,
    );
    without = { NODE_OPTIONS: `--require ${unknownUser}`, XDG_CONFIG_HOME: "", XDG_STATE_HOME: "" };
  });

  it("places calls", async () => {
    expect(await run(CALL, without)).toMatchObject({ code: 0, err: "" });
  });

  it("can't use a key, and learns what to set", async () => {
    const before = sandbox.calls.length;
    expect(errorOf(await run([...CALL, "--key", "k"], without))).toMatchObject({
      exit: 3,
      code: "store-failed",
      placed: "no",
      remedy: expect.stringContaining("XDG_STATE_HOME"),
    });
    expect(sandbox.calls).toHaveLength(before);
  });

  it.each(["login", "logout", "profiles", "whoami --profile work"])(
    "learns from %s what to set, before anybody signs in",
    async (line) => {
      const result = await run(line.split(" "), { ...without, ...signedOut });
      expect(errorOf(result)).toMatchObject({
        exit: 3,
        code: "invalid-settings",
        problems: [{ remedy: expect.stringContaining("XDG_CONFIG_HOME") }],
      });
      expect(result.out).toBe("");
    },
  );

  it("is told by any other command that nobody is signed in", async () => {
    expect(errorOf(await run(["devices"], { ...without, ...signedOut }))).toMatchObject({
      problems: [{ field: "credentials", code: "missing" }],
    });
  });

  it("gets a CallError from the library", async () => {
    const script = `
      import { createClient, isCallError, openProfile } from "sipgate-call";
      const credentials = { tokenId: process.env.SIPGATE_TOKEN_ID, token: process.env.SIPGATE_TOKEN };
      const client = createClient({ credentials, baseUrl: process.env.SIPGATE_BASE_URL });
      const request = { caller: "e0", callee: "+493023125001", idempotencyKey: "k" };
      for (const work of [client.place(request), openProfile()])
        await work.catch((error) => console.log(isCallError(error), error.code, error.placed));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      env: { PATH: process.env.PATH, ...env, ...without },
    });
    expect(stdout).toBe("true store-failed no\ntrue invalid-settings no\n");
  });
});

/** A folder that belongs to somebody else: only root can make one, and to anybody else root's are. */
function foreignFolder(): string {
  if (process.geteuid?.() !== 0) return "/usr";
  const folder = join(home, "foreign");
  mkdirSync(folder, { mode: 0o755 });
  chownSync(folder, 12345, 12345);
  return folder;
}

describe.runIf(process.platform !== "win32")("a folder that others can change", () => {
  const others: readonly (readonly [string, () => void, string])[] = [
    [
      "a link to another user's",
      () => symlinkSync(foreignFolder(), join(home, "sipgate-call")),
      "belongs to",
    ],
    [
      "one that others may write to",
      () => {
        mkdirSync(join(home, "sipgate-call"));
        chmodSync(join(home, "sipgate-call"), 0o777);
      },
      "chmod go-w",
    ],
  ];

  it.each(others)("isn't used for keys: %s", async (_, make, words) => {
    make();
    const before = sandbox.calls.length;
    const error = errorOf(await run([...CALL, "--key", "k"]));
    expect(error).toMatchObject({ exit: 3, code: "store-failed", placed: "no" });
    expect(error.message + error.remedy).toContain(words);
    expect(sandbox.calls).toHaveLength(before);
    expect(readdirSync(join(home, "sipgate-call"))).not.toContain("calls");
  });

  it.each(others)("doesn't stop calls without a key: %s", async (_, make) => {
    make();
    expect(await run(CALL)).toMatchObject({ code: 0 });
    expect(readdirSync(join(home, "sipgate-call"))).not.toContain("just-placed");
  });

  it.each(others)("isn't used for sign-ins, and nobody signs in in vain: %s", async (_, make, words) => {
    make();
    for (const command of ["login", "profiles", "whoami --profile work"]) {
      const result = await run(command.split(" "), signedOut);
      const { exit, problems } = errorOf(result);
      expect([exit, result.out]).toEqual([3, ""]);
      expect(problems[0].message + problems[0].remedy).toContain(words);
    }
  });

  it("is used once its owner has closed it", async () => {
    mkdirSync(join(home, "sipgate-call"), { mode: 0o700 });
    expect((await run([...CALL, "--key", "closed"])).code).toBe(0);
    expect(readdirSync(join(home, "sipgate-call"))).toContain("calls");
  });

  it("is named if it isn't a folder", async () => {
    writeFileSync(join(home, "sipgate-call"), "");
    expect(errorOf(await run([...CALL, "--key", "k"])).message).toContain("isn't a folder");
  });
});

describe.runIf(process.platform !== "win32")(
  "what never ends in the place of a file is refused at once",
  () => {
    const never: readonly (readonly [string, (path: string) => void])[] = [
      ["a pipe", (path) => execFileSync("mkfifo", [path])],
      ["a device", (path) => symlinkSync("/dev/zero", path)],
      ["a folder", (path) => mkdirSync(path)],
    ];

    it.each(never)(".env: %s", async (_, make) => {
      const folder = join(home, "current");
      mkdirSync(folder);
      make(join(folder, ".env"));
      for (const command of ["devices", "init"]) {
        expect(errorOf(await run([command], signedOut, { folder, stdin: "" }))).toMatchObject({
          exit: 3,
          problems: [{ field: ".env" }],
        });
      }
    });

    it.each(never)("a sign-in: %s", async (_, make) => {
      mkdirSync(join(home, "sipgate-call/profiles"), { recursive: true, mode: 0o700 });
      make(join(home, "sipgate-call/profiles/default.json"));
      expect(errorOf(await run(["whoami"], signedOut))).toMatchObject({
        exit: 3,
        problems: [{ message: expect.stringContaining("can't be read") }],
      });
    });

    it.each(never)("the record of a key: %s", async (_, make) => {
      expect((await run([...CALL, "--key", "record"], { XDG_STATE_HOME: join(home, _) })).code).toBe(0);
      const calls = join(home, _, "sipgate-call/calls");
      const [record = ""] = readdirSync(calls, { recursive: true, encoding: "utf8" }).filter((name) =>
        name.endsWith(".json"),
      );
      rmSync(join(calls, record));
      make(join(calls, record));
      const again = await run([...CALL, "--key", "record"], { XDG_STATE_HOME: join(home, _) });
      expect(errorOf(again)).toMatchObject({ exit: 3, code: "store-failed", placed: "no" });
    });

    it("a pipe that --env names is read", async () => {
      const line = `{ echo TOKEN=$SIPGATE_TOKEN; } | env -u SIPGATE_TOKEN ${shellCommand(["whoami", "--env", "/dev/stdin"])}`;
      const child = spawn("sh", ["-c", line], { cwd: home, env: { PATH: process.env.PATH, ...env } });
      expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
    });
  },
);

describe("a full disk", () => {
  it("leaves no drafts of a sign-in behind, and is named", async () => {
    await signIn(sandbox, { ...env, ...signedOut });
    const folder = join(home, "sipgate-call/profiles");
    expect(readdirSync(folder)).toEqual(["default.json"]);
    await sandbox.clock.advance(301_000);
    // A limit for the size of files, under which the sign-in doesn't fit.
    const line = `ulimit -f 1; exec ${shellCommand(["whoami", "--json"])}`;
    const { stderr } = await promisify(execFile)("sh", ["-c", line], {
      cwd: home,
      env: { PATH: process.env.PATH, ...env, ...signedOut },
    }).catch((error) => error);
    expect(JSON.parse(stderr)).toMatchObject({
      code: "store-failed",
      message: expect.stringContaining("EFBIG"),
    });
    expect(readdirSync(folder)).toEqual(["default.json"]);
  });

  it("is named by login, which is no bug", async () => {
    const readOnly = join(home, "sipgate-call");
    mkdirSync(join(readOnly, "profiles"), { recursive: true, mode: 0o700 });
    writeFileSync(join(readOnly, "turns"), "");
    const { code, err } = await signIn(sandbox, { ...env, ...signedOut });
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining("isn't a folder") });
    expect(existsSync(join(readOnly, "profiles/default.json"))).toBe(false);
  });
});
