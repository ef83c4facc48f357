// A disk that is full for a moment, or can't be written to, while a process places a call under a key or renews a sign-in. What is told is true, a key rings once, and nothing stays stuck once that's mended.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallError } from "sipgate-call";
import { createManualClock, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
// Not public: what Node keeps on disk.
import { withLock } from "../src/files/file-lock.js";
import { createIdempotencyFiles } from "../src/files/idempotency-files.js";
import { clientOf, passUntil, strictSandbox } from "./support.js";

const disk = vi.hoisted(() => ({
  /** Which use of the disk fails, and how: told by its function and what is written. */
  fails: undefined as ((use: string, text: string) => string | undefined) | undefined,
}));

vi.mock("node:fs", async (original) => {
  const files = await original<typeof import("node:fs")>();
  const failing =
    <T extends unknown[], R>(use: string, work: (...given: T) => R) =>
    (...given: T): R => {
      const text = use === "link" ? files.readFileSync(String(given[0]), "utf8") : String(given[1]);
      const code = disk.fails?.(use, text);
      if (code !== undefined) throw Object.assign(new Error(`${code}: ${use}`), { code });
      return work(...given);
    };
  return {
    ...files,
    openSync: failing("open", files.openSync),
    writeSync: failing("write", files.writeSync),
    linkSync: failing("link", files.linkSync),
  };
});

let sandbox: Sandbox;
let folder: string;
beforeEach(async () => {
  sandbox = await strictSandbox();
  folder = mkdtempSync(join(tmpdir(), "sipgate-call-disk-"));
});
afterEach(async () => {
  disk.fails = undefined;
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

const REQUEST = { caller: "e0", callee: "+493023125001", idempotencyKey: "order-4711" };
const full = (state: string) => (use: string, text: string) =>
  use === "write" && text.includes(`"${state}"`) ? "ENOSPC" : undefined;

describe("a key", () => {
  const clock = createManualClock();
  /** What one long-running process is told. */
  const place = () => {
    const client = clientOf(sandbox, "classic", { clock, idempotencyStore: createIdempotencyFiles(folder) });
    return passUntil(clock, client.place(REQUEST, { searchForMs: 0 })).then(
      ({ callId, warnings }) => ({ callId, warnings: warnings.length }),
      ({ code, placed }: CallError) => ({ code, placed }),
    );
  };
  const isPlaced = () => ({ callId: sandbox.calls[0]?.id, warnings: 0 });

  it.each(["begun", "sending"])(
    "that can't be noted as %s places nothing, and works once that's mended",
    async (state) => {
      disk.fails = full(state);
      expect(await place()).toEqual({ code: "store-failed", placed: "no" });
      expect(await place()).toEqual({ code: "store-failed", placed: "no" });
      expect(sandbox.calls).toHaveLength(0);
      const left = readdirSync(folder, { recursive: true, encoding: "utf8" });
      expect(left.filter((name) => name.endsWith(".draft"))).toEqual([]);
      disk.fails = undefined;
      expect(await place()).toEqual(isPlaced());
      expect(await place()).toEqual(isPlaced());
      expect(sandbox.calls).toHaveLength(1);
    },
  );

  it("whose call can't be noted gives the call with a warning, and is soon said to be unknown: it never rings again", async () => {
    disk.fails = full("placed");
    expect(await place()).toEqual({ ...isPlaced(), warnings: 1 });
    disk.fails = undefined;
    const begun = clock.monotonicMs();
    expect(await place()).toEqual({ code: "outcome-unknown", placed: "unknown" });
    expect(clock.monotonicMs() - begun).toBeLessThanOrEqual(6_000);
    expect(sandbox.calls).toHaveLength(1);
  });

  it("is placed while the disk is full for heartbeats only", async () => {
    disk.fails = (use, text) =>
      use === "write" && /"beat":[1-9].*"begun"/.test(text) ? "ENOSPC" : undefined;
    expect(await place()).toEqual(isPlaced());
    expect(sandbox.calls).toHaveLength(1);
  });

  it.each([
    ["open", "EROFS"],
    ["open", "EACCES"],
    ["open", "EMFILE"],
    ["write", "EDQUOT"],
    ["write", "EIO"],
    ["link", "EPERM"], // As file systems without hard links answer.
    ["link", "EMLINK"],
  ])("places nothing where %s fails with %s", async (use, code) => {
    disk.fails = (used) => (used === use ? code : undefined);
    expect(await place()).toEqual({ code: "store-failed", placed: "no" });
    disk.fails = undefined;
    expect(await place()).toEqual(isPlaced());
    expect(sandbox.calls).toHaveLength(1);
  });
});

describe("a turn", () => {
  const take = () => withLock(folder, "default", async (turn) => turn.commit());

  it.each(["held", "committed"])(
    "that can't be noted as %s is an error, and can be taken once that's mended",
    async (state) => {
      disk.fails = full(state);
      await expect(take()).rejects.toMatchObject({ code: "ENOSPC" });
      disk.fails = undefined;
      await take();
    },
  );

  it("whose end can't be noted ends as soon as there is room", async () => {
    disk.fails = full("over");
    await take();
    disk.fails = undefined;
    const begun = performance.now();
    await take();
    expect(performance.now() - begun).toBeLessThan(20_000); // Not the ten minutes after which it's abandoned.
  });
});
