// Every command that stands in a code block of the documents, and every example of the help, is typed as it stands.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allCommands } from "../packages/call/src/cli/commands/index.js";
import { makeList } from "../packages/call-lists/src/lists/lists.js";
import { startDatabases, type TestDatabases } from "../packages/call-lists/test/database.js";
import { MORNING, setMoment } from "../packages/call-lists/test/lists.js";
import { codeBlocks, ROOT, read, trackedFiles } from "./documents.js";

interface Typed {
  readonly where: string;
  readonly line: string;
  /** What the document shows after it. */
  readonly shown: readonly string[];
}

/** Commands of a block: lines after `$` if there are such, with what they print; or else every line. */
function commandsOf({ where, text }: { where: string; text: string }): Typed[] {
  const lines = text
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line !== "");
  if (!lines.some((line) => line.startsWith("$ "))) return lines.map((line) => ({ where, line, shown: [] }));
  const starts = lines.flatMap((line, index) => (line.startsWith("$ ") ? [index] : []));
  return starts.map((start, index) => ({
    where,
    line: (lines[start] ?? "").slice(2),
    shown: lines.slice(start + 1, starts[index + 1]),
  }));
}

/** Blocks with what is typed in them; the same block in two documents counts once. */
const blocks = codeBlocks()
  .filter(({ language }) => language === "" || language === "sh")
  .filter(({ text }, index, all) => all.findIndex((other) => other.text === text) === index)
  .map((block) => ({
    where: block.where,
    typed: commandsOf(block).filter(({ line }) => /^(?:\S+=\S* )*(?:npm|npx|curl|sipgate-)/.test(line)),
  }))
  .filter(({ typed }) => typed.length > 0);
const typed = blocks.flatMap((block) => block.typed);
/** What would run the tests within the tests, or takes minutes. Their scripts exist; see the documents' own test. */
const isTooMuch = (line: string) => /^npm (?:test|run (?:bench|check:|types|lint|format))/.test(line);
/** Waits for somebody, or serves, until it is stopped: then it has worked if it came so far. */
const WAITS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w/-])sipgate-sandbox(?![\w-]| --(?:help|version))|npm run phones/, "127.0.0.1:"],
  [/sipgate-call login/, "/auth?"],
  [/sipgate-call-mcp --http/, "Serving at"],
  [/npm run dialer/, "The dialer runs at"],
];

let clone: string;
let sandbox: Sandbox;
let passing: NodeJS.Timeout;
let port: string;
let databases: TestDatabases;

beforeAll(async () => {
  clone = mkdtempSync(join(tmpdir(), "sipgate-call-documents-"));
  for (const file of trackedFiles(
    /^(?:packages|scripts)\/.+(?<!\.test\.ts)$|^[^/]+\.json$|^LICENSE$|^docs\/json\.schema\.json$/,
  )) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(ROOT + file, join(clone, file));
  }
  for (const name of ["call", "sandbox", "mcp", "sandbox-phones", "dialer", "call-lists"])
    cpSync(`${ROOT}packages/${name}/dist`, join(clone, `packages/${name}/dist`), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
  sandbox = await createSandbox({ clock: "manual", strict: true });
  port = new URL(sandbox.baseUrl).port;
  passing = setInterval(() => void sandbox.clock.advance(1_000), 20);
  databases = await startDatabases();
}, 60_000);
afterAll(async () => {
  clearInterval(passing);
  await databases.close();
  await sandbox.close();
  rmSync(clone, { recursive: true });
}, 60_000);

/** Of a file that commands import. */
const CONTACTS =
  "Name;Telefon;Einwilligung am;Einwilligung per;Einwilligungstext\n" +
  "Anna;+49 30 23125 010;2026-07-01;Webformular;Rufen Sie mich an.\n" +
  "Bernd;+49 30 23125 011;2026-07-01;Webformular;Rufen Sie mich an.\n";

/** A database with the list that commands name, and Wednesday morning by its clock. */
async function databaseOfTeam(): Promise<string> {
  const url = databases.newDatabase();
  const database = databases.open(url);
  await setMoment(database, MORNING);
  await makeList(database, "spring");
  return url;
}

/** A first answer to each question of `init`. */
const ANSWERS = "token-CLASSC\n5a9db0c5-7e57-4a11-8c0d-000000000001\n1\n\n\nn\n";

function type(
  line: string,
  credentials: boolean,
  databaseUrl = "",
): Promise<{ code: number | null; out: string }> {
  const { tokenId = "", token } = sandbox.classic;
  const settings = {
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN_ID: tokenId,
    SIPGATE_TOKEN: token,
    SIPGATE_CALLER: "e0",
  };
  const login = {
    SIPGATE_LOGIN_URL: sandbox.loginUrl,
    SIPGATE_CLIENT_ID: sandbox.client.clientId,
    SIPGATE_CLIENT_SECRET: sandbox.client.clientSecret,
  };
  const folder = mkdtempSync(join(clone, "home-"));
  const env = {
    PATH: `${join(ROOT, "node_modules/.bin")}:${process.env.PATH}`,
    HOME: folder,
    ID: tokenId,
    TOKEN: token,
    npm_config_prefix: folder,
    npm_config_offline: "true",
    ...(databaseUrl === "" ? {} : { SIPGATE_DATABASE_URL: databaseUrl }),
    ...(credentials ? settings : {}),
    ...(line.includes("login") ? login : {}),
  };
  writeFileSync(join(folder, "contacts.csv"), CONTACTS);
  const child = spawn("sh", ["-c", line], {
    cwd: folder,
    env,
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  child.stdin.on("error", () => {}); // A command that ends at once doesn't read it.
  child.stdin.end(/ init\b/.test(line) ? ANSWERS : "");
  const until = WAITS.find(([command]) => command.test(line))?.[1];
  let out = "";
  let isStopped = false;
  const read = (data: Buffer) => {
    out += data;
    // Once: of a group that has ended, what it wrote last may come afterwards.
    if (isStopped || until === undefined || !out.includes(until) || child.pid === undefined) return;
    isStopped = true;
    process.kill(-child.pid, "SIGINT");
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out })));
}

/** Addresses of other machines and fixed ports become those of this test, and folders its own. */
const here = (line: string) =>
  line
    .replaceAll(/127\.0\.0\.1:8888/g, `127.0.0.1:${port}`)
    .replaceAll(/127\.0\.0\.1:8080/g, "127.0.0.1:0")
    .replaceAll("--http 8765", "--http 0")
    .replaceAll("npm run dialer", "npm run dialer -- --port 0 --no-browser")
    .replaceAll("/tmp/sipgate", join(clone, "archives"))
    .replaceAll("=…", "=5a9db0c5-7e57-4a11-8c0d-000000000001")
    .replaceAll("token-…", "token-CLASSC");

/** Digits, ids and times differ from run to run. */
const pattern = (line: string) =>
  new RegExp(
    line
      .trim()
      .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("…", ".*")
      .replaceAll("https://api\\.sipgate\\.com", "\\S+")
      .replaceAll(/\d+/g, "\\d+")
      .replaceAll(/ +/g, " +"),
  );

describe("Commands in the documents", () => {
  it("are found in the README, the page on the command line, and elsewhere", () => {
    expect(
      typed.filter(({ where }) => /^(?:README|docs\/command-line)\.md/.test(where)).length,
    ).toBeGreaterThan(8);
    expect(typed.length).toBeGreaterThan(15);
  });

  it("name scripts that there are", () => {
    const { scripts } = JSON.parse(read("package.json"));
    for (const { line } of typed) {
      const script = /^npm run (?:--silent )?(\S+)/.exec(line)?.[1];
      if (script !== undefined) expect(Object.keys(scripts)).toContain(script);
    }
  });

  it.concurrent.each(blocks)(
    "$where does what it says",
    async ({ typed }) => {
      const databaseUrl = typed.some(({ line }) => /call-lists|sipgate-call list /.test(line))
        ? await databaseOfTeam()
        : undefined;
      for (const { line, shown } of typed.filter(({ line }) => !isTooMuch(line))) {
        const embedded = line.startsWith("npm start") || line.includes("--sandbox");
        const { code, out } = await type(here(line), !embedded, databaseUrl);
        const waited = WAITS.some(([command]) => command.test(line));
        const fails = shown.some((expected) => expected.startsWith("Error:"));
        expect({ line, out, failed: code !== 0 && !waited }).toEqual({ line, out, failed: fails });
        for (const expected of shown) expect(out).toMatch(pattern(expected));
      }
    },
    180_000,
  );
});

describe("Examples of the help", async () => {
  const commands = await allCommands();
  const examples = commands.flatMap(({ examples }) => examples.map(([line]) => ({ line })));

  it.concurrent.each(examples)("$line", async ({ line }) => {
    const call = sandbox.calls.find(({ end }) => end === undefined)?.id ?? "CALL_ID";
    const databaseUrl = line.startsWith("sipgate-call list") ? await databaseOfTeam() : undefined;
    const typed = here(line).replace("CALL_ID", call);
    const { code, out } = await type(typed, !line.includes("--sandbox"), databaseUrl);
    const waited = WAITS.some(([command]) => command.test(line));
    // Which calls run depends on the other examples: there may be none, or several. Only wrong usage is a fault.
    const isUsable = waited || out.includes("calls are running:");
    expect({ out, code: isUsable ? 0 : code }).not.toEqual({ out, code: expect.toBeOneOf([1, 2, 126, 127]) });
  });
});
