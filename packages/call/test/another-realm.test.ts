// Jest runs tests in a world of its own: Node's errors are made outside it, so they're no instances of its `Error`.
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
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

it("What the system says is understood: nobody listens, and a folder is none", async () => {
  const { createClient } = loadedApart();
  const credentials = { tokenId: "token-ABC123", token: "secret" };
  const client = createClient({ baseUrl: "http://127.0.0.1:9/v2", credentials });
  const call = { caller: "e0", callee: "+493023125000" };
  await expect(client.place(call)).rejects.toMatchObject({
    message: expect.stringContaining("refused the connection"),
    placed: "no",
  });
  writeFileSync(join(folder, "sipgate-call"), "");
  await expect(client.place({ ...call, idempotencyKey: "k" })).rejects.toMatchObject({
    message: expect.stringContaining("isn't a folder"),
  });
});
