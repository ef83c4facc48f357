// While a call is placed, an update may replace the program's files. What it has to say then is loaded already.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { newFolder } from "./terminal.js";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const PLACED = JSON.stringify({ sessionId: "call-1" });
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Dials with files of its own, which are gone by the time that the call request has arrived. */
async function dialWhileFilesGo(
  args: readonly string[],
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly code: number | null; readonly text: string }> {
  const folder = newFolder();
  folders.push(folder);
  cpSync(DIST, join(folder, "dist"), { recursive: true });
  const server = createServer((request, response) => {
    if (request.method === "POST") rmSync(join(folder, "dist"), { recursive: true });
    answer(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const child = spawn(
    process.execPath,
    [join(folder, "dist/cli/main.cjs"), "dial", "+493023125000", "--caller", "e0", ...args],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        SIPGATE_TOKEN_ID: "token-ABC123",
        SIPGATE_TOKEN: "secret",
        SIPGATE_BASE_URL: `http://127.0.0.1:${port}/v2`,
        XDG_STATE_HOME: folder,
        XDG_CONFIG_HOME: folder,
      },
    },
  );
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  const [code] = await once(child, "close");
  server.closeAllConnections();
  server.close();
  return { code, text };
}

const json = (response: ServerResponse, status: number, body: string) =>
  response.writeHead(status, { "content-type": "application/json" }).end(body);

describe("a program whose files go while it places a call", () => {
  it("explains a refusal", async () => {
    const { code, text } = await dialWhileFilesGo(["--no-preflight"], (_request, response) => {
      json(response, 402, "{}");
    });
    expect(text).toContain("The account balance is insufficient");
    expect(code).toBe(5);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["identity", (text: string) => Buffer.from(text)],
  ])("reads an answer that a proxy has encoded as %s", async (encoding, encode) => {
    const { code, text } = await dialWhileFilesGo(["--no-preflight", "--no-follow"], (_request, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(encode(PLACED));
    });
    expect(text).toContain(PLACED);
    expect(code).toBe(0);
  });

  it("looks for a call whose answer was lost", async () => {
    let polls = 0;
    const { code, text } = await dialWhileFilesGo(["--no-preflight"], (request, response) => {
      if (request.method === "POST") request.socket.destroy();
      // Nobody has picked up two phones in the first second: what runs then has run before.
      else if (request.url?.startsWith("/v2/calls"))
        json(response, 200, ++polls > 2 ? RUNNING : '{"data":[]}');
      else json(response, 200, '{"items":[]}');
    });
    expect(text).toContain("A call to this number is running.");
    expect(code).toBe(8);
  });

  it("follows the call to its end", async () => {
    const { code, text } = await dialWhileFilesGo(["--follow"], (request, response) => {
      if (request.method === "POST") json(response, 200, PLACED);
      else if (request.url?.startsWith("/v2/history")) json(response, 200, ENDED);
      else if (request.url?.startsWith("/v2/calls")) json(response, 200, '{"data":[]}');
      else json(response, 403, "{}");
    });
    expect(text).toContain("Busy.");
    expect(code).toBe(10);
  });
});

it("no file of the program loads its entry: by another name, that would run it once more", () => {
  const chunks = readdirSync(join(DIST, "chunks")).filter((file) => file.endsWith(".cjs"));
  const loading = chunks.filter((file) =>
    /require\("[^"]*(?:cli\/main|index)\.cjs"\)/.test(readFileSync(join(DIST, "chunks", file), "utf8")),
  );
  expect(chunks.length).toBeGreaterThan(20);
  expect(loading).toEqual([]);
});

const RUNNING = JSON.stringify({
  data: [
    {
      callId: "call-1",
      muted: false,
      recording: false,
      hold: false,
      participants: [
        { participantId: "1", phoneNumber: "+493023125000", muted: false, hold: false, owner: false },
      ],
    },
  ],
});
const ENDED = JSON.stringify({
  items: [{ callId: "call-1", direction: "OUTGOING", callStatus: "BUSY", status: "BUSY" }],
});
