// dial opens its connections before the code is loaded that uses them: only to servers that requests will surely go to, and without sending anything.
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newFolder, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let folder: string;
let server: Server;
let baseUrl: string;
let accept: (near: Socket, connection: number) => void;
let connections: number;
let bytes: number;

beforeEach(async () => {
  sandbox = await createSandbox();
  folder = newFolder();
  writeFileSync(join(folder, "authority.pem"), sandbox.certificateAuthority);
  const { port } = new URL(await sandbox.endpoint("trusted"));
  accept = (near) => {
    const far = connect(Number(port), "127.0.0.1");
    near.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
  };
  connections = 0;
  bytes = 0;
  server = createServer((near) => {
    connections += 1;
    accept(near, connections);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
});
afterEach(async () => {
  server.close();
  rmSync(folder, { recursive: true });
  await sandbox.close();
});

function dial(callee: string, env: Record<string, string> = {}, files: Record<string, string> = {}) {
  const { tokenId = "", token } = sandbox.classic;
  return sipgateCall([callee, "--caller", "e0", "--no-follow", "--yes", "--json"], {
    env: {
      SIPGATE_TOKEN_ID: tokenId,
      SIPGATE_TOKEN: token,
      SIPGATE_BASE_URL: baseUrl,
      NODE_EXTRA_CA_CERTS: join(folder, "authority.pem"),
      XDG_STATE_HOME: folder,
      ...env,
    },
    files,
  });
}

describe("connections that are opened first of all", () => {
  it("carry nothing if there's nothing to ask: the program ends, and they with it", async () => {
    const { code } = await dial("030 1");
    expect(code).toBe(2);
    expect(connections).toBe(4);
    expect(bytes).toBe(0);
  });

  it("are replaced if the other side closes them before they are used", async () => {
    const pass = accept;
    accept = (near, connection) => (connection <= 4 ? near.destroy() : pass(near, connection));
    const { code } = await dial("+493023125000");
    expect(code).toBe(0);
    expect(sandbox.calls).toHaveLength(1);
  });

  it.each([
    ["to an address that a file has chosen, with a token from elsewhere", { SIPGATE_BASE_URL: "" }, true],
    ["with half of a token", { SIPGATE_TOKEN: "" }, false],
    ["with a placeholder for a token", { SIPGATE_TOKEN: "YOUR_SIPGATE_TOKEN" }, false],
  ])("aren't opened %s", async (_why, env, inFile) => {
    const { code } = await dial(
      "+493023125000",
      env,
      inFile ? { ".env": `SIPGATE_BASE_URL=${baseUrl}\n` } : {},
    );
    expect(code).toBe(3);
    expect(connections).toBe(0);
  });
});
