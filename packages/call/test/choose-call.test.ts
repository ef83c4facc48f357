// Which of several running calls is meant: asked on a terminal, an error elsewhere.
import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";
import { shellCommand, sipgateCall } from "./terminal.js";

let server: AnsweringServer;
let env: Record<string, string>;

beforeAll(async () => {
  const participants = [{ phoneNumber: "+493023125000" }];
  const data = ["one", "two"].map((callId) => ({ callId, participants }));
  server = await answering({ status: 200, body: JSON.stringify({ data }) });
  env = { SIPGATE_BASE_URL: server.baseUrl, SIPGATE_TOKEN_ID: "token-ABC123", SIPGATE_TOKEN: "secret" };
});
afterAll(() => server.close());

it("without a terminal, an error asks for the call id", async () => {
  const { code, err } = await sipgateCall(["mute", "--json"], { env });
  expect(code).toBe(2);
  expect(JSON.parse(err)).toMatchObject({ code: "several-calls", placed: "no" });
});

/** Types keys once the question stands, in a terminal of its own by the system's `script`. */
function answered(keys: string): Promise<{ code: number | null; shown: string }> {
  return new Promise((resolve) => {
    const child = spawn("script", ["-qec", shellCommand(["mute"]), "/dev/null"], {
      env: { PATH: process.env.PATH, TERM: "xterm", ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let shown = "";
    let asked = false;
    child.stdout.on("data", (data) => {
      shown += data;
      if (asked || !shown.includes("Which call, 1 to 2?")) return;
      asked = true;
      child.stdin.write(keys);
    });
    child.on("close", (code) => resolve({ code, shown }));
  });
}

it.each([
  ["Ctrl-D", "\u0004"],
  ["Ctrl-C", "\u0003"],
])("%s at the question ends with an error, and nothing is done", async (_, key) => {
  const { code, shown } = await answered(key);
  expect(shown).toContain("No call was chosen; nothing was done.");
  expect(code).toBe(2);
  expect(server.requests.filter((request) => request.startsWith("PUT"))).toEqual([]);
});

it("the command acts on the chosen call", async () => {
  const { code } = await answered("2\r");
  expect(code).toBe(0);
  expect(server.requests).toContain("PUT /v2/calls/two/muted");
});
