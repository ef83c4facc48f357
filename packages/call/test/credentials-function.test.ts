// Access tokens that a function gives: it's the program's own, and may hang, throw or return anything.
import { inspect } from "node:util";
import { CallError, type ClientOptions, createClient } from "sipgate-call";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";

const request = { caller: "e0", callee: "+493023125000" };
let server: AnsweringServer;

beforeAll(async () => {
  server = await answering({ status: 200, body: '{"sessionId":"1"}' });
});
afterAll(() => server.close());

function clientWith(credentials: unknown, platform?: "classic") {
  const options = { credentials, baseUrl: server.baseUrl, timeoutMs: 50, platform };
  return createClient(options as ClientOptions);
}

async function failure(promise: Promise<unknown>): Promise<CallError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CallError)) throw new Error(`not refused: ${String(error)}`);
  expect(error.placed).toBe("no");
  expect(error.remedy).not.toBe("");
  return error;
}

const never = () => new Promise<string>(() => {});

describe.each([["classic"], [undefined]] as const)("on platform %s, a function", (platform) => {
  it("that never answers ends with the timeout", async () => {
    const error = await failure(clientWith(never, platform).place(request));
    expect(error).toMatchObject({ code: "timeout" });
    expect(error.message).toContain("access token");
  });

  it("that never answers is given up with the signal", async () => {
    const controller = new AbortController();
    const options = { credentials: never, baseUrl: server.baseUrl, timeoutMs: 600_000, platform };
    const placing = createClient(options).place(request, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    expect(await failure(placing)).toMatchObject({ code: "aborted" });
  });

  it("isn't called if the signal has aborted before", async () => {
    let asked = 0;
    const client = clientWith(() => {
      asked += 1;
      return "x";
    }, platform);
    const error = await failure(client.place(request, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: "aborted" });
    expect(asked).toBe(0);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("unmistakable");
      },
    ],
    ["rejects", () => Promise.reject(new Error("unmistakable"))],
    ["rejects with no error", () => Promise.reject("unmistakable")],
  ])("that %s is a failure before anything is sent", async (_, ask) => {
    const error = await failure(clientWith(ask, platform).place(request));
    expect(error).toMatchObject({ code: "invalid-settings", problems: [{ field: "credentials" }] });
    expect(error.message + error.remedy).not.toContain("unmistakable");
    expect(inspect(error.cause)).toContain("unmistakable");
  });

  it.each([undefined, null, 5, "", {}, "un mistakable\n"])(
    "that returns %j is a failure, too",
    async (token) => {
      const error = await failure(clientWith(() => token, platform).place(request));
      expect(error).toMatchObject({ code: "invalid-settings", problems: [{ field: "credentials" }] });
      expect(inspect(error)).not.toContain("mistakable");
    },
  );
});

it("a function that fails has nothing sent", () => {
  expect(server.requests).toEqual([]);
});
