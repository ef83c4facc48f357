// Every command, against every response that can be made here: no secret is shown, written or visible to other users.
import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { optionsOf } from "../src/cli/command.js";
import { allCommands } from "../src/cli/commands/index.js";
import { type AnsweringServer, answering, misbehaving } from "./answers.js";
import { ENCODINGS, leaksIn } from "./leaks.js";
import { loginEnv, signIn } from "./login-steps.js";
import { strictSandbox } from "./support.js";
import { newFolder, type Run, sipgateCall } from "./terminal.js";

const TOKEN = "pl4nted/Tok+en=Sign5-5f2c";
const SESSION = "NDkzMDIzMTI1MDAwfGUwfHcwfHBsYW50ZWQtc2Vzc2lvbi1pZA";
const SIP = "s1p-P4ssw0rd";
const KEY = "planted-order-4711";
const OTHER = "planted-database-password";
const SECRETS = { TOKEN, SIP, KEY, OTHER };

const FILES = {
  ".env": `TOKEN_ID='token-PLANTD'\nTOKEN='${TOKEN}'\nCALLER=e0\nDB_PASSWORD='${OTHER}'\n`,
};
/** What a command takes beside its options, by the name that its help gives it. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  callee: "+493023125005",
  tones: "123#",
  number: "+493023125001",
  url: "https://www.example.com/closing.wav",
  shell: "bash",
};
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  dial: ["--key", KEY, "--no-follow", "--search-for", "1"],
};

const commands = await allCommands();

/** A command line for each command, with the options it has. */
function argvOf(command: (typeof commands)[number], further: readonly string[]): string[] {
  const { name, positional } = command;
  return [
    name,
    ...(positional === undefined ? [] : [ARGUMENTS[positional.name] ?? "x"]),
    ...("call" in optionsOf(command) ? ["--call", SESSION] : []),
    ...(OPTIONS[name] ?? []),
    ...further,
  ];
}

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

interface Observed extends Run {
  readonly argv: readonly string[];
  /** Everything that it wrote into files, but for its user's own settings. */
  readonly written: string;
}

async function observed(argv: readonly string[], baseUrl: string): Promise<Observed> {
  const [folder, state] = [newFolder(), newFolder()];
  folders.push(folder, state);
  const stdin = argv[0] === "init" ? ["y", "token-PLANTD", TOKEN, "e0", "", "", "n"].join("\n") : "";
  const env = { SIPGATE_BASE_URL: baseUrl, SIPGATE_PLATFORM: "classic", XDG_STATE_HOME: state, HOME: state };
  const run = await sipgateCall(argv, { folder, files: FILES, env, stdin });
  const names = [
    ...readdirSync(folder, { recursive: true, withFileTypes: true }),
    ...readdirSync(state, { recursive: true, withFileTypes: true }),
  ].filter((entry) => entry.isFile() && entry.name !== ".env");
  const written = names.map(({ parentPath, name }) => name + readFileSync(join(parentPath, name), "utf8"));
  return { ...run, argv, written: written.join("\n") };
}

/** The command lines of all processes that other users see. */
function processes(): string {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.map((id) => textOf(`/proc/${id}/cmdline`)).join("\n");
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // It has ended.
  }
}

function expectNoLeaks({ argv, out, err, written, code }: Observed): void {
  const [command] = argv;
  expect({ command, code, out: leaksIn(out, SECRETS) }).toEqual({ command, code, out: [] });
  expect({ command, code, err: leaksIn(err, SECRETS) }).toEqual({ command, code, err: [] });
  expect({ command, written: leaksIn(written, SECRETS) }).toEqual({ command, written: [] });
  // Nowhere but in results.
  expect({ command, err: leaksIn(err, { SESSION }) }).toEqual({ command, err: [] });
}

type AnswerWith = (encode: (text: string) => string) => Promise<AnsweringServer>;

/** A proxy that shows what it was sent, with what sipgate might have answered. */
const repeating =
  (status: number, wrap: (text: string) => string): AnswerWith =>
  async (encode) => {
    const headers = { "retry-after": "0" };
    const server = await answering((path) => {
      seen.push(processes());
      const sent = `${path}\nauthorization: ${server.headers.at(-1)?.authorization} ${TOKEN}`;
      return { status, headers, body: wrap(encode(sent)) };
    });
    return server;
  };

const seen: string[] = [];
const text = (sent: string) => `You sent ${sent} here.`;
const placed = (sent: string) => `{"sessionId":"${SESSION}","echo":${JSON.stringify(sent)}}`;
const unusable = (sent: string) =>
  `{"sub":"w0","items":[{"id":5,"credentials":{"password":"${SIP}"}}],"data":${JSON.stringify(sent)}}`;

const RESPONSES: Readonly<Record<string, AnswerWith>> = {
  "a page instead of an answer": repeating(200, text),
  "a call that is accepted, and nothing more": repeating(200, placed),
  "answers of another shape": repeating(200, unusable),
  "400": repeating(400, text),
  "401": repeating(401, text),
  "403": repeating(403, (sent) => `{"errors":[{"detail":${JSON.stringify(sent)}}]}`),
  "404": repeating(404, text),
  "500": repeating(500, text),
  "an answer that isn't HTTP": () => misbehaving((socket) => socket.once("data", (data) => socket.end(data))),
};

describe.each(Object.keys(RESPONSES))("if the server answers with %s", (name) => {
  const answerWith = RESPONSES[name];

  it.concurrent.each(commands.map((command, index) => ({ command, index })))(
    "$command.name shows no secret",
    async ({ command, index }) => {
      const encodings = Object.values(ENCODINGS);
      const encode = encodings[(index + name.length) % encodings.length] ?? String;
      const server = await answerWith?.(encode);
      const further = index % 2 === 0 ? ["--verbose"] : ["--verbose", "--json"];
      const argv = argvOf(command, further);
      const run = await observed(argv, server?.baseUrl ?? "");
      expect(run.code).not.toBe(null);
      expectNoLeaks(run);
      expect(run.err).toContain(process.version); // --verbose was understood.
      await server?.close();
    },
  );
});

it("other users see no secret in the list of processes", () => {
  expect(seen.length).toBeGreaterThan(100);
  const { KEY: typed, ...hidden } = SECRETS;
  expect(leaksIn([...new Set(seen.join("\n").split("\n"))].join("\n"), hidden)).toEqual([]);
});

it("signing in, renewing and signing out show no secret and log their requests", async () => {
  const sandbox = await strictSandbox({ clock: "manual" });
  const folder = newFolder();
  folders.push(folder);
  const env = loginEnv(sandbox, folder);
  const kept = () =>
    JSON.parse(readFileSync(join(folder, "sipgate-call/profiles/default.json"), "utf8")).tokens;
  const secrets: Record<string, string> = { client: sandbox.client.clientSecret };
  const remember = (when: string) => {
    secrets[`access ${when}`] = kept().accessToken;
    secrets[`refresh ${when}`] = kept().refreshToken;
  };
  const runs = [await signIn(sandbox, env, ["--verbose"])];
  remember("at first");
  await sandbox.clock.advance(301_000);
  runs.push(await sipgateCall(["balance", "--verbose"], { folder, env }));
  remember("renewed");
  await sandbox.clock.advance(31 * 24 * 3_600_000);
  runs.push(await sipgateCall(["balance", "--verbose", "--json"], { folder, env }));
  runs.push(await sipgateCall(["logout", "--verbose"], { folder, env }));
  await sandbox.close();
  for (const { out, err } of runs) {
    expect(leaksIn(out + err, secrets)).toEqual([]);
    expect(err).toMatch(/\/auth\/realms\/sipgate-apps\/protocol\/openid-connect\/(?:token|revoke)/);
  }
  expect(Object.keys(secrets)).toHaveLength(5);
  expect(new Set(Object.values(secrets)).size).toBe(5);
});

/** They ask the API for nothing here: see login.test.ts and signed-in.test.ts for those of signing in. list is another package's. */
const ASK_NOTHING = ["dial", "redial", "init", "login", "logout", "profiles", "config", "completion", "list"];

describe("if everything works", () => {
  it.each([[[]], [["--json"]]])(
    "with %j, ids of calls are in results alone",
    async (further) => {
      const sandbox = await strictSandbox();
      const { tokenId, token } = sandbox.classic;
      const files = { ".env": `TOKEN_ID=${tokenId}\nTOKEN=${token}\nCALLER=e0\nDB_PASSWORD='${OTHER}'\n` };
      const env = { SIPGATE_BASE_URL: sandbox.baseUrl };
      const at = async (argv: readonly string[]) =>
        sipgateCall([...argv, "--verbose", ...further], { files, env });
      const call = await at(["dial", "+493023125001", "--no-follow"]);
      const id = sandbox.calls[0]?.id ?? "";
      expect(id.length).toBeGreaterThan(10);
      expect(call.out).toContain(id);
      await expect.poll(async () => (await at(["calls"])).out, { timeout: 20_000 }).toContain(id);
      for (const command of commands) {
        const { name, positional } = command;
        if (ASK_NOTHING.includes(name)) continue;
        const isNamed = positional === undefined || positional.name === "call"; // By --call.
        const argument = isNamed ? [] : [ARGUMENTS[positional.name] ?? "x"];
        const run = await at([name, ...argument, ...("call" in optionsOf(command) ? ["--call", id] : [])]);
        expect({
          name,
          err: leaksIn(run.err, { id, token, OTHER }),
          out: leaksIn(run.out, { token, OTHER }),
        }).toEqual({
          name,
          err: [],
          out: [],
        });
        // What --verbose adds tells of nobody's number.
        const added = run.err.split("\n").filter((line) => / at http|"trace"/.test(line));
        expect(added.length).toBeGreaterThan(0);
        expect(added.join("\n")).not.toMatch(/\d{7,}/);
      }
      await sandbox.close();
    },
    120_000,
  );
});
