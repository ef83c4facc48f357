import { CallError, type Client, ForbiddenError, RateLimitedError } from "sipgate-call";
import { afterEach, describe, expect, it } from "vitest";
import { type Answer, type AnsweringServer, answering, changesIn } from "./answers.js";
import { clientAt } from "./support.js";

const request = { caller: "e0", callee: "+493023125000" };
let server: AnsweringServer;

async function clientAnswered(answer: Answer): Promise<Client> {
  server = await answering(answer);
  return clientAt(server);
}

async function refused(answer: Answer): Promise<CallError> {
  const client = await clientAnswered(answer);
  // Without the search for a call whose response says nothing: it takes 15 seconds.
  const error = await client.place(request, { searchForMs: 0 }).catch((thrown: unknown) => thrown);
  if (!(error instanceof CallError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

afterEach(() => server.close());

describe("a response with the status", () => {
  it.each([
    [301, "unexpected-response", "unknown", "API gives"],
    [400, "request-refused", "no", "empty, blank or invalid"],
    [401, "unauthorized", "no", "token id or the token is wrong"],
    [402, "insufficient-funds", "no", "balance is insufficient"],
    [403, "forbidden", "no", "isn't allowed with this caller or device"],
    [404, "not-found", "no", "no such endpoint"],
    [405, "misrouted", "no", "method was refused"],
    [415, "misrouted", "no", "content type was refused"],
    [418, "unexpected-response", "unknown", "API gives"],
    [429, "rate-limited", "no", "Too many requests"],
    [500, "server-error", "unknown", "failed"],
    [503, "server-error", "unknown", "failed"],
  ])("%i is %s, placed: %s", async (status, code, placed, message) => {
    const error = await refused({ status });
    expect(error).toMatchObject({ code, placed, status });
    expect(error.message).toContain(message);
    expect(error.remedy).not.toBe("");
    expect(changesIn(server.requests)).toEqual(["POST /v2/sessions/calls"]);
  });

  it("500 leaves no outcome unknown if nothing was to be dialled", async () => {
    const client = await clientAnswered({ status: 500 });
    await expect(client.balance()).rejects.toMatchObject({ code: "server-error", placed: "no" });
  });
});

describe("a 403", () => {
  it.each([
    ["This endpoint requires a sipgate Classic PBX Account", "neo-account"],
    ['{"errors":[{"status":403,"detail":"insufficient scope"}]}', "missing-scope"],
    ["Your password has to be reset", "password-reset"],
    ["", "unknown"],
    ["Forbidden", "unknown"],
  ])("with the body %j has the reason %s", async (body, reason) => {
    const error = await refused({ status: 403, body });
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error).toMatchObject({ reason });
  });

  it("names the scope that may be missing", async () => {
    expect((await refused({ status: 403 })).remedy).toContain("sessions:calls:write");
  });
});

describe("how long to wait is told", () => {
  it.each([
    ["30", 30],
    ["soon", undefined],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ])("after Retry-After: %s", async (header, seconds) => {
    const error = await refused({ status: 429, headers: { "retry-after": header } });
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfterSeconds: seconds });
  });

  it("after a 503, too", async () => {
    expect((await refused({ status: 503, headers: { "retry-after": "7" } })).remedy).toContain(
      "in 7 seconds",
    );
  });
});

describe("the useful part of an error's body", () => {
  it.each([
    [
      '{"errors":[{"status":400,"title":"Bad","detail":"callee is invalid","source":{"pointer":"/callee"}}]}',
      "callee: callee is invalid",
    ],
    ['{"errors":[{"detail":"one"},{"title":"two"}]}', "one; two"],
    ['{"message":"out of order"}', "out of order"],
    ['{"error":"invalid_request","error_description":"no caller"}', "no caller"],
    ['"just text"', "just text"],
    ["plain text\nin two lines", "plain text in two lines"],
    ["<html><head><title>502 Bad Gateway</title></head><body><h1>no</h1></body></html>", "502 Bad Gateway"],
    ["<p>Not <b>here</b></p>", "Not here"],
    ['{"truncated":', '{"truncated":'],
    ["\u001b[31mred\u202e", "\\u{1b}[31mred\\u{202e}"],
  ])("of %j is shown: %s", async (body, shown) => {
    expect((await refused({ status: 400, body })).message).toContain(`It said: ${shown}`);
  });

  it("isn't made up if there is none", async () => {
    expect((await refused({ status: 400 })).message).not.toContain("It said");
  });

  it("is shortened, and kept up to 2,000 characters", async () => {
    const error = await refused({ status: 400, body: "no such thing ".repeat(10_000) });
    expect(error.message.length).toBeLessThan(500);
    expect(error.response).toHaveLength(2_000);
  });

  it("is read in linear time", async () => {
    const error = await refused({ status: 400, body: `<${"<a".repeat(500_000)}` });
    expect(error.code).toBe("request-refused");
  });
});

describe("a success that isn't sipgate's", () => {
  it.each([
    ["<html>Sign in to this network</html>"],
    ["{}"],
    ['{"sessionId":7}'],
    ["[]"],
    [""],
    ['{"sessionId":""}'],
  ])("is an unexpected answer: %j", async (body) => {
    expect(await refused({ status: 200, body })).toMatchObject({
      code: "unexpected-response",
      placed: "unknown",
    });
  });
});
