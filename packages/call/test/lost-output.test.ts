// Output that can't be written isn't a success, and a call is placed once all the same.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { answering } from "./answers.js";
import { strictSandbox } from "./support.js";
import { freshState, newFolder, type Run, shellCommand } from "./terminal.js";

const CALL = ["+493023125486", "--caller", "e0", "--no-preflight"];
const LOST = 15;

let sandbox: Sandbox;
let env: Record<string, string>;
let folder: string;

beforeAll(() => {
  folder = newFolder();
});
beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  const { baseUrl, tokenId, token } = sandbox.classic;
  env = { SIPGATE_BASE_URL: baseUrl, SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
  return () => sandbox.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a line of a shell, in which `sipgate-call` stands for the command line with these arguments. */
function inShell(line: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn("sh", ["-c", line.replace("sipgate-call", () => shellCommand(args))], {
      cwd: folder,
      env: { PATH: process.env.PATH, XDG_STATE_HOME: freshState(), XDG_CONFIG_HOME: folder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

const isOnLinux = process.platform === "linux"; // Others have no /dev/full.

describe.runIf(isOnLinux)("a full disk", () => {
  it.each([
    "--version",
    "--help",
    "help dial",
    "devices",
    "devices --json",
    "history --all --csv",
    "calls --json",
    "doctor --caller e0",
    `${CALL.join(" ")} --no-follow`,
    `${CALL.join(" ")} --dry-run --json`,
  ])("isn't a success of: %s", async (args) => {
    const { code, err } = await inShell("sipgate-call > /dev/full", args.split(" "));
    expect({ code, err }).toEqual({ code: LOST, err: expect.stringContaining("ENOSPC") });
  });

  it("leaves an error's exit code as it is", async () => {
    const { code, err } = await inShell("sipgate-call > /dev/full", ["devics"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining("Did you mean `sipgate-call devices`?"),
    });
  });

  it("for standard error isn't a success either", async () => {
    const { code, out } = await inShell("sipgate-call 2> /dev/full", ["devices", "--json", "--verbose"]);
    expect({ code, out }).toEqual({ code: LOST, out: expect.stringContaining('"devices"') });
  });

  it("shows the call on standard error, and says that it was placed", async () => {
    const { code, err } = await inShell("sipgate-call > /dev/full", [...CALL, "--no-follow", "--json"]);
    const [placed, error] = err
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(placed).toMatchObject({ type: "placed", callId: sandbox.calls[0]?.id });
    expect(error).toMatchObject({ type: "error", code: "output-failed", placed: "yes" });
    expect(code).toBe(LOST);
    expect(sandbox.calls).toHaveLength(1);
  });

  it("changes nothing about how a followed call ended", async () => {
    const following = inShell("sipgate-call > /dev/full", [...CALL, "--follow"]);
    await vi.waitFor(() => expect(sandbox.requests.map(({ path }) => path)).toContain("/v2/calls"), 10_000);
    await sandbox.clock.advance(120_000);
    const { code, err } = await following;
    expect({ code, err }).toEqual({ code: 10, err: expect.stringContaining("Busy.") });
    expect(sandbox.calls).toHaveLength(1);
  });
});

describe("a file", () => {
  // Node ignores the signal of this limit: the write ends in the middle, as on a disk that is filled by it.
  it("that has room for a part only isn't a success", async () => {
    const { code } = await inShell("ulimit -f 1; sipgate-call > part", ["--help"]);
    expect(code).toBe(LOST);
    expect(readFileSync(join(folder, "part")).length).toBeLessThanOrEqual(1024);
  });

  it("that is opened for reading only isn't a success", async () => {
    const { code, err } = await inShell("sipgate-call 1< /dev/null", ["devices"]);
    expect({ code, err }).toEqual({ code: LOST, err: expect.stringContaining("EBADF") });
  });
});

describe("a reader that has seen enough", () => {
  it("is no error", async () => {
    const { code, out, err } = await inShell("{ sipgate-call; echo $? >&2; } | head -n 1", ["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "0\n" });
    expect(out.trim().split("\n")).toHaveLength(1);
  });

  it("ends a list that would be long", async () => {
    const created = "2026-01-05T08:00:00Z";
    const server = await answering((path) => {
      const offset = Number(new URLSearchParams(path.split("?")[1]).get("offset"));
      const items = Array.from({ length: 100 }, (_, index) => ({
        callId: `call-${offset + index}`,
        direction: "OUTGOING",
        created,
      }));
      return { status: 200, body: JSON.stringify({ items, totalCount: 1_000_000 }) };
    });
    env = { ...env, SIPGATE_BASE_URL: server.baseUrl, SIPGATE_PLATFORM: "classic" };
    const { err } = await inShell("{ sipgate-call; echo $? >&2; } | head -n 1", ["history", "--all"]);
    expect(err).toBe("0\n");
    await server.close();
  });
});
