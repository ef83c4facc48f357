// Jest runs tests in a world of its own: Node's errors are made outside it, so they're no instances of its `Error`.
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { strictSandbox } from "./support.js";
import { newFolder } from "./terminal.js";

const ENTRY = fileURLToPath(new URL("../dist/index.cjs", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = newFolder();
  vi.stubEnv("XDG_STATE_HOME", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The library as Jest loads it: with JavaScript's own globals, and those of Node around it. */
function loadedApart(): typeof import("sipgate-call") {
  const own = Object.getOwnPropertyNames(globalThis).filter((name) => !/^(?:global|globalThis)$/.test(name));
  const ofNode = own.filter((name) => !new Script(`"${name}" in globalThis`).runInContext(createContext()));
  const nodes = ofNode.map((name) => [name, Reflect.get(globalThis, name)]);
  const context = createContext(Object.fromEntries(nodes));
  const loaded = new Map<string, { exports: object }>();
  const load = (file: string): object => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const outside = createRequire(file);
    const wrapped = `(function(exports,require,module,__filename,__dirname){${outside("node:fs").readFileSync(file, "utf8")}\n})`;
    const body = new Script(wrapped, { filename: file }).runInContext(context);
    const require = (id: string) => (id.startsWith(".") ? load(resolve(dirname(file), id)) : outside(id));
    body(module.exports, require, module, file, dirname(file));
    return module.exports;
  };
  return load(ENTRY) as typeof import("sipgate-call");
}

it("A call under a key is placed, with a folder that isn't there yet", async () => {
  const { createClient } = loadedApart();
  const sandbox = await strictSandbox();
  try {
    const { baseUrl, tokenId, token } = sandbox.classic;
    const client = createClient({ baseUrl, credentials: { tokenId, token } });
    await client.place({ caller: "e0", callee: "+493023125000", idempotencyKey: "k" });
    expect(sandbox.calls).toHaveLength(1);
  } finally {
    await sandbox.close();
  }
});

it("The bytes of a response that isn't HTTP stay out of its error", async () => {
  const { createClient } = loadedApart();
  const server = createServer((socket) => socket.end("secret")).listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
    const client = createClient({ baseUrl, credentials: { tokenId: "token-ABC123", token: "token" } });
    const causes: unknown[] = [];
    const failed: unknown = await client.balance({ timeoutMs: 5_000 }).catch((error: unknown) => error);
    for (let cause = failed; cause !== undefined; cause = Object(cause).cause) causes.push(cause);
    expect(causes.length).toBeGreaterThan(1);
    expect(causes.filter((cause) => "rawPacket" in Object(cause))).toEqual([]);
  } finally {
    server.close();
  }
});
