// Orders that fail on their way, in each runtime: how many arrive, and whether what is told is true. Browsers and others send
// some requests again by themselves. The suite has a taste of it: four losses in Node and Chromium. `npm run check:faults --
// FOLDER` has every failure in every runtime that is in that folder, and prints them beside each other.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Runtime, runtimesIn, runtimesOfTheSuite, type Server } from "../runtimes/runtimes.js";
import { strictSandbox } from "../support.js";
import { type FailureCase, failureCasesFor } from "./failure-cases.js";
import { CALL_PATHS, callRequestsIn } from "./scene.js";
import { type Cell, printBeside } from "./table.js";

const { FAULT_TABLE, RUNTIMES } = process.env;
/** Nobody listens there: where redirects lead to. */
const NOWHERE = "https://127.0.0.1:9/v2";

type Loss = Pick<FailureCase, "name" | "fault" | "endpoint">;
const closing = (status: number): Loss => ({
  name: `${status}, then closed`,
  fault: { how: "answer", status, headers: { connection: "close" } },
});
/** The server reads the call request, and then this. */
const TASTE: readonly Loss[] = [
  { name: "closed without an answer, call placed", fault: { how: "close", carriedOut: true } },
  { name: "reset, call placed", fault: { how: "reset", carriedOut: true } },
  closing(408),
  closing(421),
];
const every = (): Loss[] => [
  ...failureCasesFor(NOWHERE).filter(({ name }) => !TASTE.some((loss) => loss.name === name)),
  ...TASTE,
];

const losses = FAULT_TABLE === undefined ? TASTE : every();
const kinds = [...runtimesOfTheSuite(), ...(RUNTIMES === undefined ? [] : runtimesIn(RUNTIMES))];
const cells: Cell[] = [];
afterAll(() => {
  if (FAULT_TABLE !== undefined) process.stdout.write(printBeside(cells));
});

describe.each(kinds)("in $name", ({ open, sendsOnce }) => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await open();
  }, 60_000);
  afterAll(() => runtime.close());

  it(sendsOnce
    ? "no call request arrives twice, and what's told is true"
    : "a call request may arrive twice, as the docs say, and what's told is true", async () => {
    const scenes = await Promise.all(losses.map(sceneOf));
    const told = await runtime.place(scenes.map(({ server }) => server));
    for (const [index, { loss, sandbox }] of scenes.entries()) {
      const placed = told[index] ?? "";
      const [sent, calls] = [callRequestsIn(sandbox).length, sandbox.calls.length];
      cells.push({ runtime: runtime.name, failure: loss.name, text: `${sent} ${placed}` });
      const shown = `${loss.name}: ${sent} call requests, ${calls} calls, told ${placed}`;
      expect(sent, shown).toBeLessThanOrEqual(sendsOnce ? 1 : 2);
      if (placed === "no") expect(calls, shown).toBe(0);
      else if (placed === "yes") expect(calls, shown).toBeGreaterThanOrEqual(1);
      else expect(placed, shown).toBe("unknown");
      await sandbox.close();
    }
  }, 300_000);
});

it("Chromium places nothing without acceptRepeatRisk, and sends again what a closed connection has lost with it", () => {
  const texts = (name: string) => cells.filter(({ runtime }) => runtime === name).map(({ text }) => text);
  const chromium = cells.find(({ runtime }) => runtime.startsWith("Chromium"))?.runtime ?? "";
  expect(new Set(texts(chromium))).toEqual(new Set(["0 no"]));
  expect(texts(`${chromium}, risk accepted`).slice(-TASTE.length)).toEqual(TASTE.map(() => "2 unknown"));
});

async function sceneOf(loss: Loss) {
  const sandbox = await strictSandbox();
  if (loss.fault) sandbox.faults.add({ times: 2, ...loss.fault, method: "POST", path: CALL_PATHS.classic });
  const baseUrl = loss.endpoint === undefined ? sandbox.baseUrl : await sandbox.endpoint(loss.endpoint);
  const { tokenId, token } = sandbox.classic;
  const server: Server = { baseUrl, credentials: { tokenId, token }, timeoutMs: 3_000 };
  return { loss, sandbox, server };
}
