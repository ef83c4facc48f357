// dial --push-listen is a web server that anybody may reach who reaches the machine: what it takes is limited.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { strictSandbox } from "./support.js";
import { freshState, MAIN, newFolder } from "./terminal.js";

let sandbox: Sandbox;
let folder: string;
let dialling: ChildProcess;
let err = "";
let port: number;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  folder = newFolder();
  const { baseUrl, tokenId, token } = sandbox.classic;
  port = await freePort();
  err = "";
  const args = [
    "+493023125000",
    "--caller",
    "e0",
    "--follow",
    "--no-preflight",
    "--push-listen",
    `127.0.0.1:${port}`,
  ];
  dialling = spawn(process.execPath, ["--", MAIN, ...args, "--push-url", "https://www.example.com/"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      XDG_STATE_HOME: freshState(),
      XDG_CONFIG_HOME: folder,
      SIPGATE_BASE_URL: baseUrl,
      SIPGATE_TOKEN_ID: tokenId,
      SIPGATE_TOKEN: token,
    },
  });
  dialling.stderr?.on("data", (data) => {
    err += data;
  });
  dialling.stdout?.resume();
  await vi.waitFor(() => expect(sandbox.calls).toHaveLength(1), 20_000);
});
afterEach(async () => {
  dialling.kill("SIGKILL");
  rmSync(folder, { recursive: true });
  await sandbox.close();
});

async function freePort(): Promise<number> {
  const other = await strictSandbox();
  await other.close();
  return Number(new URL(other.baseUrl).port);
}

/** A connection on which this is sent, and nothing else. */
function sending(bytes: string): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(bytes);
  return socket;
}

const HEAD = "POST / HTTP/1.1\r\nhost: www.example.com\r\n";

it("a body that is said to be too long is refused before it's sent", async () => {
  const answer = await text(sending(`${HEAD}content-length: 65537\r\n\r\n`));
  expect(answer).toMatch(/^HTTP\/1\.1 413 .*connection: close/is);
});

it("a body that doesn't end is refused once it's too long, and counted", async () => {
  const socket = sending(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
  const chunk = `4000\r\n${"a".repeat(0x4000)}\r\n`;
  for (let sent = 0; sent < 5; sent += 1) socket.write(chunk);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 .*connection: close/is);
  dialling.kill("SIGTERM");
  await vi.waitFor(() => expect(err).toContain("Pushed requests were refused: 1 no events."), 10_000);
});

it("anything but POST is refused, and the connection closed", async () => {
  expect(await text(sending("GET / HTTP/1.1\r\nhost: www.example.com\r\n\r\n"))).toMatch(
    /^HTTP\/1\.1 405 .*allow: POST/is,
  );
});

it.runIf(process.platform === "linux")(
  "thousands of bodies that are sent by half take little memory",
  async () => {
    const memory = () =>
      Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${dialling.pid}/status`, "utf8"))?.[1]) / 1_024;
    const before = memory();
    const half = `${HEAD}content-length: 65536\r\n\r\n${"a".repeat(60_000)}`;
    const sockets = Array.from({ length: 2_000 }, () => sending(half));
    const isClosed = () => sockets.filter((socket) => socket.closed).length;
    await vi.waitFor(() => expect(isClosed()).toBeGreaterThanOrEqual(1_900), 20_000);
    expect(memory() - before).toBeLessThan(60);
    for (const socket of sockets) socket.destroy();
  },
);

it("a request that isn't sent in time is ended", async () => {
  const answers = await Promise.all(
    [HEAD, `${HEAD}content-length: 10\r\n\r\na`].map((part) => text(sending(part))),
  );
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
}, 30_000);
