// Where state is kept: never in the current folder, where a key that was used would be unknown elsewhere.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { strictSandbox } from "./support.js";
import { newFolder, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterAll(() => sandbox.close());

/** Places a call under a key in a folder of its own. @returns what's in that folder and in the home afterwards */
async function dialIn(env: (home: string) => Record<string, string>, key = "order-4711") {
  const [folder, home] = [newFolder(), newFolder()];
  const { tokenId, token, baseUrl } = sandbox.classic;
  const { code, err } = await sipgateCall(
    ["+493023125001", "--caller", "e0", "--no-preflight", "--no-follow", "--key", key],
    {
      folder,
      env: {
        SIPGATE_TOKEN_ID: tokenId,
        SIPGATE_TOKEN: token,
        SIPGATE_BASE_URL: baseUrl,
        XDG_CONFIG_HOME: home,
        ...env(home),
      },
    },
  );
  const [here, there] = [readdirSync(folder), readdirSync(home, { recursive: true, encoding: "utf8" })];
  for (const one of [folder, home]) rmSync(one, { recursive: true });
  return { code, err, here, kept: there.filter((name) => name.includes(join("sipgate-call", "calls"))) };
}

describe("is the home's .local/state", () => {
  it.each([
    ["if XDG_STATE_HOME is relative, as the standard says", { XDG_STATE_HOME: "state" }],
    ["if XDG_STATE_HOME is the current folder", { XDG_STATE_HOME: "." }],
    ["if XDG_STATE_HOME is empty", { XDG_STATE_HOME: "" }],
    ["if LOCALAPPDATA is set, which is Windows' own", { XDG_STATE_HOME: "", LOCALAPPDATA: "appdata" }],
    ["if LOCALAPPDATA is a whole path", { XDG_STATE_HOME: "", LOCALAPPDATA: "/nowhere" }],
  ])("%s", async (_, env) => {
    const { code, here, kept } = await dialIn((home) => ({ HOME: home, ...env }), JSON.stringify(env));
    expect({ code, here }).toEqual({ code: 0, here: [] });
    expect(kept[0]).toMatch(/^\.local\/state\/sipgate-call\/calls/);
  });
});

it.each([".", "home", "./x"])("a HOME of %j is refused, and nothing is dialled", async (HOME) => {
  const before = sandbox.calls.length;
  const { code, err, here } = await dialIn(() => ({ HOME, XDG_STATE_HOME: "" }));
  expect(code).not.toBe(0);
  expect(err).toContain("HOME");
  expect(here).toEqual([]);
  expect(sandbox.calls).toHaveLength(before);
});
