// redial: the last number again, never by accident.
import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { strictSandbox } from "./support.js";
import { converse, freshState, newFolder, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let env: Record<string, string>;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  env = envOf("classic");
});
afterEach(() => sandbox.close());

const state = freshState();
function envOf(name: string): Record<string, string> {
  const { tokenId = "", token = "" } = sandbox.accounts.find((account) => account.name === name) ?? {};
  return {
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN_ID: tokenId,
    SIPGATE_TOKEN: token,
    XDG_STATE_HOME: state,
  };
}
const run = (words: readonly string[], given = env) => sipgateCall(words, { env: given });
const callees = () => sandbox.calls.map(({ callee }) => callee);

it("in a script, refuses without --yes and dials nothing; with it, it calls the same number from the same phone", async () => {
  await run(["+493023125000", "--caller", "e3", "--caller-id", "+496990009001"]);
  const refused = await run(["redial"]);
  expect(refused.code).toBe(9);
  expect(refused.err).toContain("+49 30 23125000");
  expect(refused.err).toContain("--yes");
  expect(callees()).toHaveLength(1);
  expect((await run(["redial", "--yes"])).code).toBe(0);
  expect(sandbox.calls[1]).toMatchObject({
    caller: "e3",
    callee: "+493023125000",
    callerIdShown: "+496990009001",
  });
});

it("has no option for a call without a callee: its callee is always known", async () => {
  const { code, err } = await run(["redial", "--sandbox-if-no-credentials"]);
  expect(code).toBe(2);
  expect(err).toContain("--sandbox-if-no-credentials: There is no such option.");
});

it("takes another phone if one is named", async () => {
  await run(["+493023125000", "--caller", "e3"]);
  await run(["redial", "--yes", "--caller", "e0"]);
  expect(sandbox.calls[1]).toMatchObject({ caller: "e0", callee: "+493023125000" });
});

it("means the last call, not one that was refused before it rang", async () => {
  await run(["+493023125000", "--caller", "e0"]);
  await run(["+493023125001", "--caller", "e9"]);
  await run(["redial", "--yes"]);
  expect(callees()).toEqual(["+493023125000", "+493023125000"]);
});

it("means a call whose response was lost, because it may have rung", async () => {
  await run(["+493023125000", "--caller", "e0"]);
  sandbox.faults.add({ how: "reset", method: "POST", carriedOut: true });
  await run(["+493023125486", "--caller", "e0", "--search-for", "0"]);
  expect((await run(["redial"])).err).toContain("+49 30 23125486");
});

it("refuses with another account, and before any call", async () => {
  expect((await run(["redial", "--yes"], { ...env, XDG_STATE_HOME: freshState() })).code).toBe(9);
  await run(["+493023125000", "--caller", "e0"]);
  const other = await run(["redial", "--yes"], envOf("neo"));
  expect(other).toMatchObject({ code: 9, err: expect.stringContaining("another account") });
  expect(callees()).toHaveLength(1);
});

it("takes nothing from a folder that others can change, and keeps numbers in files that only their user can read", async () => {
  const own = { ...env, XDG_STATE_HOME: freshState() };
  await run(["+493023125000", "--caller", "e0"], own);
  const folder = join(own.XDG_STATE_HOME, "sipgate-call/remembered");
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  chmodSync(folder, 0o777);
  expect((await run(["redial", "--yes"], own)).code).toBe(9);
  expect(callees()).toHaveLength(1);
});

it.each([
  ["n", 130, 1],
  ["y", 0, 2],
])("on a terminal shows the number and asks: %s", async (key, code, calls) => {
  await run(["+493023125000", "--caller", "e3"]);
  const conversation = await converse(
    ["redial", "--no-follow"],
    [["Call +49 30 23125000 from e3, as today", `${key}\r`]],
    { env, folder: newFolder() },
  );
  expect(conversation.code).toBe(code);
  expect(callees()).toHaveLength(calls);
});
