// The answer to `initialize` comes before the protocol's library is loaded. Nobody can tell by it.
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { COMMAND, foldersWith } from "./agents.js";

const servers: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.kill();
});

function start() {
  const server = spawn(process.execPath, [COMMAND, "--sandbox"], { env: foldersWith({}) });
  servers.push(server);
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  return {
    write: (text: string) => server.stdin.write(text),
    end: () => server.stdin.end(),
    pid: server.pid ?? 0,
    next: async (): Promise<unknown> => {
      const { value, done } = await lines.next();
      return done ? undefined : JSON.parse(value);
    },
  };
}

const CLIENT = { capabilities: {}, clientInfo: { name: "test-agent", version: "1.0" } };

const lineOf = (message: object) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`;
const initialize = (params: object, id: number | string = 1) =>
  lineOf({ id, method: "initialize", params: { ...CLIENT, ...params } });
const INITIALIZED = lineOf({ method: "notifications/initialized" });
const LIST = lineOf({ id: 2, method: "tools/list" });

const NINE_TOOLS = { id: 2, result: { tools: { length: 9 } } };

describe("initialize", () => {
  it.each(["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07", "2026-07-28", "1999-01-01"])(
    "with version %s is answered as the library would answer it",
    async (protocolVersion) => {
      const [early, late] = [start(), start()];
      early.write(initialize({ protocolVersion }));
      // What holds `_meta` is left to the library.
      late.write(initialize({ protocolVersion, _meta: {} }));
      const answer = await early.next();
      expect(answer).toEqual(await late.next());
      expect(answer).toMatchObject({ id: 1, result: { serverInfo: { name: "sipgate-call-mcp" } } });
    },
  );

  it("is answered once, if more comes with it", async () => {
    const server = start();
    server.write(initialize({ protocolVersion: "2025-06-18" }, "first") + INITIALIZED + LIST);
    expect(await server.next()).toMatchObject({ id: "first" });
    expect(await server.next()).toMatchObject(NINE_TOOLS);
    server.write(initialize({ protocolVersion: "2025-06-18" }, "first"));
    expect(await server.next()).toMatchObject({ id: "first" });
  });

  it("is answered if it isn't the first request, and comes in pieces", async () => {
    const server = start();
    const text = initialize({ protocolVersion: "2025-06-18" });
    server.write(lineOf({ id: 0, method: "ping" }) + text.slice(0, 40));
    expect(await server.next()).toMatchObject({ id: 0, result: {} });
    server.write(text.slice(40) + INITIALIZED + LIST);
    expect(await server.next()).toMatchObject({ id: 1, result: { protocolVersion: "2025-06-18" } });
    expect(await server.next()).toMatchObject(NINE_TOOLS);
  });

  it("is answered if nothing follows, and the server ends", async () => {
    const server = start();
    server.write(initialize({ protocolVersion: "2025-06-18" }));
    server.end();
    expect(await server.next()).toMatchObject({ id: 1 });
    expect(await server.next()).toBeUndefined();
  });

  it.each([
    ["without the program's name", { protocolVersion: "2025-06-18", clientInfo: {} }],
    ["without a version", {}],
  ])("%s is an error", async (_, params) => {
    const server = start();
    server.write(initialize(params));
    expect(await server.next()).toMatchObject({ id: 1, error: { message: expect.any(String) } });
  });
});

/** How much memory a process takes, in MB. */
function residentMb(pid: number): number {
  if (process.platform !== "win32") return Number(execFileSync("ps", ["-o", "rss=", "-p", `${pid}`])) / 1024;
  const command = `(Get-Process -Id ${pid}).WorkingSet64`;
  return Number(execFileSync("powershell", ["-NoProfile", "-Command", command])) / 1024 ** 2;
}

it("takes less than 85 MB after ten thousand requests", async () => {
  const server = start();
  server.write(initialize({ protocolVersion: "2025-06-18" }) + INITIALIZED);
  await server.next();
  for (let id = 0; id < 10_000; id += 1) {
    server.write(lineOf({ id, method: "ping" }));
    await server.next();
  }
  expect(residentMb(server.pid)).toBeLessThan(85);
}, 60_000);
