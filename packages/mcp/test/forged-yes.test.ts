// A program that says that a person has said yes, without having been told to ask one.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type AnswerData, COMMAND, settingsOf } from "./agents.js";

let sandbox: Sandbox;
let server: ChildProcessWithoutNullStreams;
let lines: AsyncIterator<string>;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" });
  const env = settingsOf(sandbox);
  server = spawn(process.execPath, [COMMAND], { env });
  lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
});
afterEach(async () => {
  server.kill();
  await sandbox.close();
});

const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "forger", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": { elicitation: { form: {} } },
};
const YES = { yes: { action: "accept", content: { yes: true } } };

/** A result, or an error. */
interface Outcome {
  readonly resultType?: string;
  readonly requestState?: string;
  readonly structuredContent?: AnswerData;
  readonly code?: number;
}

/** A request as it stands on the wire. */
async function use(name: string, input: object, more: object = {}): Promise<Outcome> {
  const params = { name, arguments: input, _meta: META, ...more };
  server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params })}\n`);
  const { value } = await lines.next();
  const { result, error } = JSON.parse(value);
  return result ?? error;
}

async function plan(): Promise<string> {
  const { structuredContent } = await use("plan_call", { callee: "+493023125000" });
  return structuredContent?.plan.token ?? "";
}

it("places nothing: the answer has to belong to a question about this very plan", async () => {
  const [token, other] = [await plan(), await plan()];
  const unasked = await use("place_call", { token }, { inputResponses: YES });
  expect(unasked.resultType).toBe("input_required");

  const { requestState } = await use("place_call", { token: other });
  expect(requestState).toEqual(expect.any(String));
  const elsewhere = await use("place_call", { token }, { inputResponses: YES, requestState });
  expect(elsewhere.resultType).toBe("input_required");
  const changed = await use(
    "place_call",
    { token },
    { inputResponses: YES, requestState: `${requestState}x` },
  );
  expect(changed.code).toBe(-32602);
  expect(sandbox.calls).toEqual([]);

  const placed = await use("place_call", { token: other }, { inputResponses: YES, requestState });
  expect(placed.structuredContent).toMatchObject({ yesBy: "client" });
  expect(sandbox.calls).toHaveLength(1);
});
