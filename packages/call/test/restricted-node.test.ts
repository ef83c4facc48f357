// Node with less than usual: no right to read the current folder, no Web Crypto.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { strictSandbox } from "./support.js";
import { MAIN, newFolder, sipgateCall } from "./terminal.js";

const ENTRY = new URL("../dist/index.js", import.meta.url).href;
const NOWHERE = { SIPGATE_BASE_URL: "http://127.0.0.1:9/v2" };

/** Runs Node in an empty folder of its own. */
function run(args: readonly string[], env: Readonly<Record<string, string>>, prepare = (_: string) => {}) {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  prepare(folder);
  const all = { PATH: process.env.PATH ?? "", XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder, ...env };
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env: all, encoding: "utf8" });
  return stdout + stderr;
}

describe("a .env that can't be read", () => {
  const asFolder = (folder: string) => mkdirSync(join(folder, ".env"));

  it("stops nothing if the credentials are in the environment", () => {
    const told = run([MAIN, "whoami"], { ...NOWHERE, SIPGATE_ACCESS_TOKEN: "x" }, asFolder);
    expect(told).toContain("refused the connection"); // It was asked for.
  });

  it("is told if they may be in it", () => {
    for (const env of [NOWHERE, { ...NOWHERE, SIPGATE_TOKEN: "x" }])
      expect(run([MAIN, "whoami"], env, asFolder)).toContain(".env: It can't be read");
  });

  it("for lack of a permission stops nothing, either", () => {
    const name = process.allowedNodeEnvironmentFlags.has("--permission")
      ? "--permission"
      : "--experimental-permission";
    const allowed = `--allow-fs-read=${fileURLToPath(new URL("../..", import.meta.url))}`;
    const told = run([name, allowed, MAIN, "whoami"], { ...NOWHERE, SIPGATE_ACCESS_TOKEN: "x" });
    expect(told).toContain("refused the connection");
  });
});

describe("without Web Crypto, a typed error says what to do", () => {
  const flag = "--no-experimental-global-webcrypto";
  const REMEDY = "start Node without --no-experimental-global-webcrypto";

  it("to a call under a key, which isn't placed", async () => {
    const sandbox = await strictSandbox();
    onTestFinished(() => sandbox.close());
    const { baseUrl, tokenId, token } = sandbox.classic;
    const account = { SIPGATE_BASE_URL: baseUrl, SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
    const args = ["+493023125000", "--caller", "e0", "--no-preflight", "--key", "k", "--json"];
    const { err } = await sipgateCall(args, { env: { ...account, NODE_OPTIONS: flag } });
    const error = JSON.parse(err);
    expect(error).toMatchObject({ code: "invalid-settings", placed: "no" });
    expect(error.remedy).toContain(REMEDY);
    expect(sandbox.calls).toEqual([]);
  });

  it("to a program that verifies pushed events", () => {
    const script = `import { createClient } from ${JSON.stringify(ENTRY)};
      const client = createClient({ credentials: { accessToken: "x" } });
      const asked = client.createPushHandler({ url: "https://example.com/" });
      await asked.catch(({ code, remedy }) => console.log(code, remedy));`;
    const told = run([flag, "program.mjs"], {}, (folder) =>
      writeFileSync(join(folder, "program.mjs"), script),
    );
    expect(told).toContain("invalid-settings");
    expect(told).toContain(REMEDY);
  });
});
