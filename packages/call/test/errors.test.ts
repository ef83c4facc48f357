import {
  CallError,
  type CallErrorCode,
  createClient,
  InvalidRequestError,
  InvalidSettingsError,
  isCallError,
  type RequestOptions,
} from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// Another copy of the library, whose classes are its own.
import * as web from "../dist/index.web.js";
import { clientAt, clientOf, strictSandbox } from "./support.js";

describe("isCallError", () => {
  it.each([
    ["the same copy", () => createClient({} as never)],
    ["another copy", () => web.createClient({} as never)],
  ])("knows an error of %s", (_, work) => {
    const error = thrownBy(work);
    expect(isCallError(error)).toBe(true);
    expect(web.isCallError(error)).toBe(true);
  });

  it("isn't needed to tell errors of one copy apart, and nothing else can tell those of another", () => {
    expect(thrownBy(() => createClient({} as never))).toBeInstanceOf(CallError);
    expect(thrownBy(() => web.createClient({} as never))).not.toBeInstanceOf(CallError);
  });

  it.each([new Error("x"), new TypeError("x"), undefined, null, "CallError", { name: "CallError" }])(
    "knows that %s is none",
    (other) => expect(isCallError(other)).toBe(false),
  );

  it("lets the code tell what else an error holds", () => {
    const error: unknown = new InvalidRequestError([]);
    if (!isCallError(error) || error.code !== "invalid-request") throw error;
    expect(error.problems).toEqual([]);
    expect(new InvalidSettingsError([]).code satisfies CallErrorCode).toBe("invalid-settings");
  });

  it("shows nothing of how it tells", () => {
    expect(Object.getOwnPropertySymbols(new InvalidRequestError([]))).toEqual([]);
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("the reason of a signal is the error's cause", () => {
  const reason = new Error("The user went home.");
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await strictSandbox();
  });
  afterAll(() => sandbox.close());

  const clients = [
    ["Node", createClient],
    ["elsewhere", web.createClient as unknown as typeof createClient],
  ] as const;

  it.each(clients)("if it had aborted before: %s", async (_, create) => {
    const client = create({ credentials: sandbox.classic, baseUrl: sandbox.baseUrl });
    await expect(client.balance({ signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: "aborted",
      cause: reason,
    });
  });

  it.each(clients)("if it aborts while sipgate is asked: %s", async (_, create) => {
    const client = create({ credentials: sandbox.classic, baseUrl: sandbox.baseUrl });
    const fault = sandbox.faults.add({ how: "silence", path: "/balance" });
    const stop = new AbortController();
    const asked = client.balance({ signal: stop.signal });
    await expect.poll(() => fault.hits).toBe(1);
    stop.abort(reason);
    await expect(asked).rejects.toMatchObject({ code: "aborted", cause: reason });
    sandbox.faults.clear();
  });

  it("while a credentials function is waited for", async () => {
    const stop = new AbortController();
    const client = clientAt(sandbox, { credentials: () => new Promise<string>(() => {}) });
    const asked = client.balance({ signal: stop.signal });
    stop.abort(reason);
    await expect(asked).rejects.toMatchObject({ code: "aborted", cause: reason });
  });

  it("while the platform is found out", async () => {
    sandbox.faults.add({ how: "silence" });
    const client = clientOf(sandbox, "classic", { platform: "auto" });
    const stop = new AbortController();
    const asked = client.platform({ signal: stop.signal });
    stop.abort(reason);
    await expect(asked).rejects.toMatchObject({ code: "aborted", cause: reason });
    sandbox.faults.clear();
  });

  it("while an outcome is waited for", async () => {
    const client = clientOf(sandbox, "classic", { platform: "auto" });
    const call = await client.place({ caller: "e0", callee: "+493023125000" });
    const stop = new AbortController();
    const outcome = call.outcome({ signal: stop.signal } satisfies RequestOptions);
    stop.abort(reason);
    await expect(outcome).rejects.toMatchObject({ code: "aborted", cause: reason });
  });
});
