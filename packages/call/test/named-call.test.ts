// A running call by a short name: the number that `calls` gave it, or `last`.
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";
import { onScreen } from "./pty.js";
import { strictSandbox } from "./support.js";
import { freshState, sipgateCall } from "./terminal.js";

let server: AnsweringServer;
let running: readonly string[];
let state: string;

beforeEach(async () => {
  state = freshState();
  server = await answering((path, method) =>
    method === "DELETE"
      ? { status: running.includes(path.split("/").at(-1) ?? "") ? 204 : 404, body: "" }
      : { status: 200, body: JSON.stringify({ data: running.map(callOf) }) },
  );
});
afterEach(() => server.close());

const callOf = (callId: string) => ({
  callId,
  participants: [
    { phoneNumber: "+496990009000", owner: true },
    { phoneNumber: "+493023125000", owner: false },
  ],
});

const env = (tokenId = "token-ABC123") => ({
  SIPGATE_BASE_URL: server.baseUrl,
  SIPGATE_TOKEN_ID: tokenId,
  SIPGATE_TOKEN: "secret",
  XDG_STATE_HOME: state,
});
const run = (...words: string[]) => sipgateCall(words, { env: env() });
/** The numbers that `calls` shows, by the calls' ids. */
async function numbers(): Promise<Record<string, string>> {
  const { out } = await run("calls");
  return Object.fromEntries([...out.matchAll(/^(\d+) .* (\S+)$/gm)].map(([, number, id]) => [id, number]));
}
const hungUp = () => server.requests.filter((request) => request.startsWith("DELETE"));

it("a number means the call that was listed with it", async () => {
  running = ["one", "two"];
  expect(await numbers()).toEqual({ one: "1", two: "2" });
  const { code, out } = await run("hangup", "2");
  expect({ code, out }).toEqual({ code: 0, out: "Hung up: with +49 30 23125000.\n" });
  expect((await run("hangup", "--call", "1")).code).toBe(0);
  expect(hungUp()).toEqual(["DELETE /v2/calls/two", "DELETE /v2/calls/one"]);
});

it("a number goes on meaning the same call if another process lists calls between", async () => {
  running = ["one", "two"];
  await numbers();
  running = ["three", "two"];
  expect(await numbers()).toEqual({ three: "3", two: "2" });
  await run("hangup", "2");
  expect(hungUp()).toEqual(["DELETE /v2/calls/two"]);
});

it("a number of a call that has ended is refused by sipgate's word, and hangs up nothing else", async () => {
  running = ["one"];
  await numbers();
  running = ["two"];
  const { code, err } = await run("hangup", "1");
  expect(code).toBe(6);
  expect(err).toContain("That call, with +49 30 23125000, isn't running");
  expect(hungUp()).toEqual(["DELETE /v2/calls/one"]);
});

it("a number that no list has shown is refused", async () => {
  running = ["one"];
  await numbers();
  const { code, err } = await run("hangup", "2");
  expect(code).toBe(6);
  expect(err).toContain("No call has the number 2.");
  expect(err).toContain("`sipgate-call calls`");
  expect(hungUp()).toEqual([]);
});

it("a number counts for one account", async () => {
  running = ["one"];
  await numbers();
  expect((await sipgateCall(["hangup", "1"], { env: env("token-DEF456") })).code).toBe(6);
  expect(hungUp()).toEqual([]);
});

it("a call is named once", async () => {
  expect((await run("hangup", "1", "--call", "1")).code).toBe(2);
});

it.each([
  [80, 1],
  [40, 2],
])("in a window of %i columns a call takes %i lines", async (columns, height) => {
  running = ["one"];
  const { shown } = await onScreen(["calls"], env(), columns);
  const lines = shown.split("\n").filter((line) => line.includes("+49"));
  expect(lines).toHaveLength(height);
  expect(lines[0]).toMatch(/^ {2}1 /);
});

it("last is the call that was placed last from here, even while it rings", async () => {
  const sandbox: Sandbox = await strictSandbox({ clock: "manual" });
  const { tokenId = "", token } = sandbox.classic;
  const given = {
    ...env(tokenId),
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN: token,
  };
  const none = await sipgateCall(["hangup", "last"], { env: given });
  expect(none.err).toContain("No call was placed from here yet.");
  await sipgateCall(["+493023125000", "--caller", "e0"], { env: given });
  const { code, out } = await sipgateCall(["hangup", "last"], { env: given });
  expect({ code, out }).toEqual({ code: 0, out: "Hung up: with +493023125000.\n" });
  await sandbox.clock.advance(1_000);
  expect(sandbox.calls[0]?.state).toBe("ended");
  const other = await sipgateCall(["hangup", "last"], { env: env() });
  expect(other.err).toContain("another account");
  await sandbox.close();
});
