import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { signIn, statusWith } from "./login-support.js";
import { startReceiver } from "./push-receiver.js";
import { authorizationOf, berlin, send, startSandbox } from "./support.js";

const require = createRequire(import.meta.url);
const CLI = join(dirname(require.resolve("sipgate-sandbox/package.json")), "dist", "cli.cjs");

interface Run {
  process: ChildProcess;
  output(): { stdout: string; stderr: string };
  /** Resolves when stdout matches. */
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  exit: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const output = { stdout: "", stderr: "" };
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  child.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  return {
    process: child,
    output: () => output,
    exit,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = output.stdout.match(pattern);
          if (match !== null) resolve(match);
        };
        child.stdout.on("data", look);
        child.once("close", () => reject(new Error(`ended without ${pattern}: ${output.stdout}`)));
        look();
      }),
  };
}

describe("sipgate-sandbox", () => {
  it("--json prints baseUrl and credentials in its first line, and they work", async () => {
    const cli = run("--port", "0", "--json");
    const [line] = await cli.until(/^.*\n/);
    const { baseUrl, tokenId, token, neo, loginUrl, client, logins } = JSON.parse(line);
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2$/);
    const status = async (path: string, credentials: { tokenId: string; token: string }) =>
      (await send(`${baseUrl}${path}`, { headers: { authorization: authorizationOf(credentials) } })).status;
    expect(await status("/groups", { tokenId, token })).toBe(200);
    expect(neo.baseUrl).toBe(baseUrl);
    expect(await status("/channels", neo)).toBe(200);
    const { access } = await signIn({ loginUrl, client, logins });
    expect(await statusWith({ baseUrl }, access)).toBe(200);
    cli.process.kill("SIGTERM");
    expect(await cli.exit).toBe(0);
    expect(cli.output()).toEqual({ stdout: line, stderr: "" });
  });

  it("It shows which numbers to dial, then requests and calls, but never their credentials", async () => {
    const cli = run("--port=0");
    const [welcome, baseUrl = "", tokenId = "", token = ""] = await cli.until(
      /SIPGATE_BASE_URL=(\S+) SIPGATE_TOKEN_ID=(\S+) SIPGATE_TOKEN=(\S+) \\\n +(?:npx )?sipgate-call \S+ --caller e0\n.*Requests and calls:\n/s,
    );
    expect(cli.output().stdout).toContain(`${berlin("486")}  is busy`);
    expect(welcome).toContain(berlin("000"));
    const [, loginUrl, clientId, clientSecret, username, password] =
      /\n {2}login +(\S+)\n {2}client +(\S+) +(\S+)\n {2}user +(\S+) +(\S+)\n/.exec(cli.output().stdout) ??
      [];
    expect(`${loginUrl}/v2`).toBe(baseUrl);
    const { client, logins } = await startSandbox();
    expect({ clientId, clientSecret }).toEqual(client);
    expect(logins[0]).toMatchObject({ username, password });
    await send(`${baseUrl}/sessions/calls?secret=1`, {
      method: "POST",
      headers: { authorization: authorizationOf({ tokenId, token }), "content-type": "application/json" },
      body: JSON.stringify({ caller: "e5", callee: berlin("000") }),
    });
    await cli.until(/POST \/v2\/sessions\/calls 200\n/);
    await cli.until(/call e5 -> \+493023125000: ended \(busy, caller\)\n/);
    const log = cli.output().stdout.split("Requests and calls:\n")[1];
    expect(log).not.toMatch(/secret|Basic|token-|5a9db0c5/);
    cli.process.kill("SIGINT");
    expect(await cli.exit).toBe(0);
  });

  it("It pushes the events of calls to --push-url, and logs that without the URL's query", async () => {
    const { url, received } = await startReceiver();
    const cli = run("--port=0", "--push-url", `${url}/new?secret=1`);
    const [, baseUrl = "", tokenId = "", token = ""] = await cli.until(
      /SIPGATE_BASE_URL=(\S+) SIPGATE_TOKEN_ID=(\S+) SIPGATE_TOKEN=(\S+) /,
    );
    await send(`${baseUrl}/sessions/calls`, {
      method: "POST",
      headers: { authorization: authorizationOf({ tokenId, token }), "content-type": "application/json" },
      body: JSON.stringify({ caller: "e5", callee: berlin("000") }),
    });
    await cli.until(/push newCall -> http:\S+\/new: 200\n(?:.*\n)*.*push hangup -> http:\S+\/hangup: 200\n/);
    expect(received.map(({ path }) => path)).toEqual(["/new?secret=1", "/hangup"]);
    expect(cli.output().stdout).not.toContain("secret");
    const key = await send(new URL("/push-public-key.pem", baseUrl).href, {});
    expect(key.text).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(key.text).not.toBe(await (await startSandbox()).pushPublicKey());
    cli.process.kill("SIGTERM");
    expect(await cli.exit).toBe(0);
  });

  it("It names every problem of the arguments in one message, and exits with 2", async () => {
    const cli = run(
      "--prt",
      "9",
      "--port=70000",
      "--json=yes",
      "--push-url=http://pushes.example",
      "--allow-host=a:1",
      "--cors=*",
      "--keep=0",
      "--host",
    );
    expect(await cli.exit).toBe(2);
    const { stdout, stderr } = cli.output();
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    for (const part of [
      "--prt",
      '"9"',
      "--port must",
      "--json takes no value",
      "--allow-host must be a host name",
      "--cors must be one origin",
      "--keep must be a whole number",
      "--push-url may be plain http for this machine only",
      "--host needs a value",
      "--help",
    ]) {
      expect(stderr).toContain(part);
    }
  });

  it.each(["", "x", "-1", "1.5", "0x10", "99999"])("It refuses --port=%s", async (port) => {
    expect(await run(`--port=${port}`).exit).toBe(2);
  });

  it("It says which port is in use, and exits with 1", async () => {
    const { port } = new URL((await startSandbox()).baseUrl);
    const cli = run("--port", port);
    expect(await cli.exit).toBe(1);
    expect(cli.output().stderr).toBe(
      `sipgate-sandbox: port ${port} is in use already. Choose another with --port, or any free one with --port 0.\n`,
    );
  });

  it("It takes further names and the pages of other origins, each option any number of times", async () => {
    const cli = run(
      "--port=0",
      "--json",
      "--strict",
      "--allow-host=a.example",
      "--allow-host",
      "b.example",
      "--cors=https://c.example",
    );
    const { baseUrl } = JSON.parse((await cli.until(/^.*\n/))[0]) as { baseUrl: string };
    const port = Number(new URL(baseUrl).port);
    const statusOf = async (host: string, origin: string) => {
      const socket = connect(port, "127.0.0.1");
      socket.write(
        `GET /v2/balance HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: close\r\n\r\n`,
      );
      return (await text(socket)).slice("HTTP/1.1 ".length, "HTTP/1.1 401".length);
    };
    expect(await statusOf("a.example", "https://c.example")).toBe("401");
    expect(await statusOf("b.example:80", "http://localhost")).toBe("401");
    expect(await statusOf("c.example", "https://c.example")).toBe("403");
    expect(await statusOf("a.example", "https://a.example.c.example")).toBe("403");
  });

  it("It warns if other machines can reach it", async () => {
    const cli = run("--port=0", "--host=0.0.0.0", "--json");
    const [line] = await cli.until(/^.*\n/);
    expect(JSON.parse(line).baseUrl).toContain("//127.0.0.1:");
    cli.process.kill("SIGTERM");
    await cli.exit;
    expect(cli.output().stderr).toMatch(/^Warning: 0\.0\.0\.0 isn't a loopback address/);
  });

  it
    .runIf(process.platform === "linux") // Others have no /dev/full.
    .each(["--help", "--version", "--port=0", "--port=0 --json"])(
    "It says that its output can't be written, stops, and exits with 1: %s",
    async (args) => {
      const full = openSync("/dev/full", "w");
      const child = spawn(process.execPath, [CLI, ...args.split(" ")], { stdio: ["ignore", full, "pipe"] });
      onTestFinished(() => void child.kill("SIGKILL"));
      closeSync(full);
      const exit = once(child, "exit");
      expect(child.stderr === null ? undefined : await text(child.stderr)).toBe(
        "sipgate-sandbox: the output can't be written (ENOSPC).\n",
      );
      expect(await exit).toEqual([1, null]);
    },
  );

  it.each(["--help", "--port=0"])(
    "It stops if nobody reads its output any more, and exits with 0: %s",
    async (option) => {
      const cli = run(option);
      cli.process.stdout?.destroy();
      expect(await cli.exit).toBe(0);
      expect(cli.output().stderr).toBe("");
    },
  );

  it("It has help with examples, and a version", async () => {
    const help = run("--help");
    expect(await help.exit).toBe(0);
    expect(help.output().stdout).toMatch(
      /Usage:.*--port.*--host.*--push-url.*--phones.*--callee.*--json.*Examples:.*sipgate-sandbox/s,
    );
    const version = run("--version");
    expect(await version.exit).toBe(0);
    const content = require("sipgate-sandbox/package.json") as { version: string };
    expect(version.output().stdout).toBe(`${content.version}\n`);
  });
});
