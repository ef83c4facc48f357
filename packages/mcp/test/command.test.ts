// What people type: the log, install, and what is wrong with the words.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND, connect, foldersWith, settingsOf } from "./agents.js";

interface Run {
  readonly code: number | string | null | undefined;
  readonly out: string;
  readonly err: string;
}

function type(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [COMMAND, ...words],
      { env, maxBuffer: 10_000_000 },
      (error, out, err) => resolve({ code: error === null ? 0 : error.code, out, err }),
    );
    child.stdin?.end();
  });
}

describe("install", () => {
  const env = foldersWith({});
  const cursor = join(env.HOME, ".cursor/mcp.json");
  const start = { command: process.execPath, args: [COMMAND] };

  it("shows what it would change, and changes nothing without a yes", async () => {
    mkdirSync(dirname(cursor));
    const { code, out } = await type(["install"], env);
    expect(code).toBe(0);
    expect(out).toContain(`Cursor: ${cursor}`);
    expect(out).toContain(`+       "command": ${JSON.stringify(process.execPath)}`);
    expect(out).not.toContain("Codex");
    expect(existsSync(cursor)).toBe(false);
  });

  it("keeps everything else in the file, and its permissions; once is enough", async () => {
    writeFileSync(cursor, '{\n\t"mcpServers": {\n\t\t"other": { "command": "x" }\n\t}\n}\n', { mode: 0o640 });
    expect((await type(["install", "cursor", "--yes"], env)).code).toBe(0);
    expect(JSON.parse(readFileSync(cursor, "utf8"))).toEqual({
      mcpServers: { other: { command: "x" }, "sipgate-call": start },
    });
    expect(statSync(cursor).mode & 0o777).toBe(0o640);
    expect((await type(["install", "cursor", "--yes"], env)).out).toContain("It's set up already.");
  });

  it("keeps what the person has set in the entry, and shows what it changes", async () => {
    const there = foldersWith({});
    const file = join(there.HOME, ".cursor/mcp.json");
    mkdirSync(dirname(file));
    const args = ["/old/main.cjs", "--sandbox", "--rules", "/home/me/rules.json"];
    const entry = { command: "/old/node", args, env: { SIPGATE_CALLER: "e0" }, disabled: true };
    writeFileSync(file, JSON.stringify({ mcpServers: { "sipgate-call": entry } }, null, 2));
    const shown = await type(["install", "cursor", "--rules", "/new.json"], there);
    expect(shown.out).toContain('-       "command": "/old/node"');
    expect(shown.out).toContain('-         "/home/me/rules.json"');
    expect(shown.out).toContain('+         "/new.json"');
    await type(["install", "cursor", "--yes", "--rules", "/new.json"], there);
    expect(JSON.parse(readFileSync(file, "utf8")).mcpServers["sipgate-call"]).toEqual({
      command: process.execPath,
      args: [COMMAND, "--rules", "/new.json", "--sandbox"],
      env: { SIPGATE_CALLER: "e0" },
      disabled: true,
    });
    expect((await type(["install", "cursor", "--yes"], there)).out).toContain("It's set up already.");
  });

  it("leaves an entry alone that starts no command", async () => {
    const there = foldersWith({});
    const file = join(there.HOME, ".cursor/mcp.json");
    mkdirSync(dirname(file));
    const before = JSON.stringify({ mcpServers: { "sipgate-call": { url: "https://calls.example.com" } } });
    writeFileSync(file, before);
    expect((await type(["install", "cursor", "--yes"], there)).code).toBe(1);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("writes what each program reads", async () => {
    for (const name of ["codex", "vscode", "claude-code"])
      expect((await type(["install", name, "--yes", "--sandbox"], env)).code).toBe(0);
    const toml = readFileSync(join(env.HOME, ".codex/config.toml"), "utf8");
    const args = [COMMAND, "--sandbox"];
    expect(toml).toBe(
      `[mcp_servers.sipgate-call]\ncommand = ${JSON.stringify(process.execPath)}\nargs = ${JSON.stringify(args)}\n`,
    );
    const code = JSON.parse(readFileSync(join(env.XDG_CONFIG_HOME, "Code/User/mcp.json"), "utf8"));
    expect(code.servers["sipgate-call"]).toEqual({ type: "stdio", command: process.execPath, args });
  });

  it("leaves a file alone that it can't change without a loss, and shows the entry", async () => {
    const file = join(env.HOME, ".gemini/settings.json");
    mkdirSync(dirname(file));
    writeFileSync(file, "{ // a comment\n}\n");
    const { code, out } = await type(["install", "gemini", "--yes"], env);
    expect(code).toBe(1);
    expect(out).toContain("comments would be lost");
    expect(out).toContain(JSON.stringify({ "sipgate-call": start }));
    expect(readFileSync(file, "utf8")).toBe("{ // a comment\n}\n");
  });

  it.each([
    '[mcp_servers]\nsipgate-call = { command = "x" }\n',
    '[ mcp_servers . "sipgate-call" ]\ncommand = "x"\n',
    'mcp_servers.sipgate-call.command = "x"\n',
    "mcp_servers = {}\n",
  ])("leaves %j alone, since TOML allows each table once", async (before) => {
    const there = foldersWith({});
    const file = join(there.HOME, ".codex/config.toml");
    mkdirSync(dirname(file));
    writeFileSync(file, before);
    expect((await type(["install", "codex", "--yes"], there)).code).toBe(1);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("isn't kept from its entry by a folder of that name, and finds a moved folder", async () => {
    const there = foldersWith({});
    const before = '[projects."/home/me/sipgate-call"]\ntrust_level = "trusted"\n';
    writeFileSync(join(there.HOME, "config.toml"), before);
    const env = { ...there, CODEX_HOME: there.HOME };
    expect((await type(["install", "codex", "--yes"], env)).code).toBe(0);
    const after = readFileSync(join(there.HOME, "config.toml"), "utf8");
    expect(after).toContain(`${before}\n[mcp_servers.sipgate-call]\n`);
  });

  it("writes what a link leads to, and rounds no number", async () => {
    const { symlinkSync, lstatSync } = await import("node:fs");
    const there = foldersWith({});
    const [file, link] = [join(there.HOME, "kept.json"), join(there.HOME, ".claude.json")];
    writeFileSync(file, '{"id":12345678901234567890}');
    symlinkSync(file, link);
    expect((await type(["install", "claude-code", "--yes"], there)).code).toBe(1);
    expect(readFileSync(file, "utf8")).toBe('{"id":12345678901234567890}');
    writeFileSync(file, '{"id":"12345678901234567890"}');
    expect((await type(["install", "claude-code", "--yes"], there)).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ mcpServers: { "sipgate-call": start } });
  });

  it("starts a server that the program can use as it stands", async () => {
    const sandboxed = await connect({ env: foldersWith({}), args: ["--sandbox"] });
    expect((await sandboxed.tools()).length).toBe(9);
    await sandboxed.close();
  });
});

describe("log", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ clock: "manual" });
  });
  afterAll(() => sandbox.close());

  it("shows every step, who asked, how the person said yes, and no token", async () => {
    const env = settingsOf(sandbox);
    const agent = await connect({ person: () => "yes", env });
    const { token } = (await agent.use("plan_call", { callee: "+493023125000" })).data.plan;
    await Promise.all([1, 2, 3].map(() => agent.use("place_call", { token })));
    await agent.use("place_call", { token });
    await agent.use("plan_call", { callee: "+442079460000" });
    await agent.close();
    const { code, out } = await type(["log"], env);
    expect(code).toBe(0);
    const steps = out
      .trim()
      .split("\n")
      .map((line) => line.split(/\s+/)[1]);
    // What three uses at once have tried is told three times; what a person said and what rang is told once.
    expect([...new Set(steps)]).toEqual(["planned", "asked", "yes", "placing", "placed", "refused"]);
    for (const once of ["planned", "yes", "placed", "refused"])
      expect(
        steps.filter((step) => step === once),
        once,
      ).toHaveLength(1);
    expect(out).toContain("Call +49 30 23125000 from e0.");
    expect(out).toContain("by test-agent 1.0");
    expect(out).toContain("By client.");
    expect(out).not.toContain(token);
    const json = (await type(["log", "--json"], env)).out.trim().split("\n");
    expect(json.map((line) => JSON.parse(line).step)).toEqual(steps);
  });

  it("keeps what became of calls, however many plans are refused", async () => {
    const env = settingsOf(sandbox, { callsAtOnce: 9 });
    const folder = join(env.XDG_STATE_HOME, "sipgate-call/agents");
    const agent = await connect({ person: () => "yes", env });
    const { token } = (await agent.use("plan_call", { callee: "+493023125000" })).data.plan;
    await agent.use("place_call", { token });
    // A full log, twice: what it held before is gone.
    for (const round of [1, 2]) {
      const line = { at: `2026-01-0${round}T00:00:00.000Z`, step: "refused", what: "x".repeat(1_100_000) };
      writeFileSync(join(folder, "log.jsonl"), `${JSON.stringify(line)}\n`);
      await agent.use("plan_call", { callee: "+442079460000" });
    }
    await agent.close();
    const { out } = await type(["log"], env);
    expect(out).not.toContain("2026-01-01");
    expect(out.length).toBeLessThan(2_300_000);
    expect(out).toMatch(/placed {4}Call \+49 30 23125000 from e0\. Yes by client\. \(plan /);
  });

  it("stays readable if a line of it was cut off", async () => {
    const env = foldersWith({});
    const folder = join(env.XDG_STATE_HOME, "sipgate-call/agents");
    mkdirSync(folder, { recursive: true });
    const line = JSON.stringify({ at: "2026-11-27T08:00:00.000Z", step: "placed", what: "A call." });
    writeFileSync(join(folder, "log.jsonl"), `${line.slice(0, 50)}\u001b[2J\n${line}\n`);
    const { code, out } = await type(["log"], env);
    expect(code).toBe(0);
    expect(out).toBe(`${line.slice(0, 50)}\\u{1b}[2J\n2026-11-27T08:00:00.000Z  placed    A call.\n`);
  });

  it("says of which call and plan it is that one has ended, and shows lines that are no entries", async () => {
    const env = settingsOf(sandbox);
    const agent = await connect({ person: () => "yes", env });
    const { token } = (await agent.use("plan_call", { callee: "+493023125486" })).data.plan;
    await agent.use("place_call", { token });
    const passing = setInterval(() => void sandbox.clock.advance(1_000), 20);
    await agent.use("get_call", { token, waitSeconds: 40 });
    clearInterval(passing);
    await agent.close();
    const calls = join(env.XDG_STATE_HOME, "sipgate-call/agents/calls.jsonl");
    writeFileSync(calls, `null\n5\n{"step":1}\n${readFileSync(calls, "utf8")}`);
    const { code, out } = await type(["log"], env);
    expect(code).toBe(0);
    expect(out).toMatch(/ended {5}Call \+49 30 23125486 from e0\. busy \(plan [0-9a-f]{8}\)/);
    expect(out).toContain("null\n");
  });

  it.each(["log", "calls"])("that can't be written keeps calls from being placed: %s", async (name) => {
    const env = settingsOf(sandbox, { yesTo: ["*"] });
    const agent = await connect({ person: () => "yes", env });
    const { token } = (await agent.use("plan_call", { callee: "+493023125000" })).data.plan;
    const file = join(env.XDG_STATE_HOME, `sipgate-call/agents/${name}.jsonl`);
    const before = sandbox.calls.length;
    // A folder in the place of the file: nobody can write to it, not even root.
    const { rmSync } = await import("node:fs");
    rmSync(file, { force: true });
    mkdirSync(file);
    expect((await agent.use("place_call", { token })).isError).toBe(true);
    expect(sandbox.calls).toHaveLength(before);
    await agent.close();
  });
});

describe("the command", () => {
  const env = foldersWith({});

  it.each([
    [["nonsense"], "Unknown command 'nonsense'"],
    [["--nonsense"], "--nonsense"],
    [["log", "more"], "Unexpected argument 'more'"],
    [["--http", "x"], "--http takes a port."],
    [["install", "--http", "8765"], "without --http and --allow-host"],
    [["install", "--allow-host", "calls.example.com"], "without --http and --allow-host"],
  ])("%j is refused: %s", async (words, message) => {
    const { code, out, err } = await type(words, env);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});
