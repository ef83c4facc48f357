// What a program in plain JavaScript may hand over: every method rejects with what's wrong, and never throws at once.
import { type Client, InvalidRequestError, readPhoneNumber } from "sipgate-call";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";
import { clientAt } from "./support.js";

const request = { caller: "e0", callee: "+493023125000" };
let server: AnsweringServer;
let client: Client;

beforeAll(async () => {
  server = await answering({ status: 200, body: '{"items":[]}' });
  client = clientAt(server);
});
afterAll(() => server.close());

/** The fields that a call of a method is refused for. */
async function refusedFor(act: () => Promise<unknown>): Promise<string[]> {
  const promise = act(); // What is thrown at once fails the test.
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InvalidRequestError)) throw new Error(`not refused: ${String(error)}`);
  expect(error.placed).toBe("no");
  for (const problem of error.problems) expect(problem.remedy).not.toBe("");
  return error.problems.map(({ field }) => field);
}

type Method = (...input: unknown[]) => Promise<unknown>;
const methods = (of: object) => of as unknown as Record<string, Method>;
const call = (name: string, ...input: unknown[]) =>
  refusedFor(() => methods(client.call("id"))[name]?.(...input) ?? Promise.resolve());

describe("a running call", () => {
  it.each<[string, unknown[], string[]]>([
    ["sendDtmf", [5], ["sequence"]],
    ["sendDtmf", [undefined], ["sequence"]],
    ["announce", [], ["url"]],
    ["announce", [new URL("https://www.example.com/closing.wav")], ["url"]],
    ["transfer", [], ["target"]],
    ["transfer", [null], ["target"]],
    ["transfer", ["+493023125000"], ["target"]],
    ["transfer", [{}], ["to"]],
    ["transfer", [{ to: 5, callerId: Symbol("x"), attended: "yes" }], ["to", "callerId", "attended"]],
    ["record", [], ["recording"]],
    ["record", [true], ["recording"]],
    ["record", [{}], ["on"]],
    ["record", [{ on: "yes", announced: 1 }], ["on", "announced"]],
    ["mute", ["no"], ["on"]],
    ["hold", [null], ["on"]],
    ["hangUp", [null], ["options"]],
    ["hangUp", [{ signal: new AbortController() }], ["signal"]],
  ])("%s(%j) names %j", async (name, input, fields) => {
    expect(await call(name, ...input)).toEqual(fields);
  });

  it.each([5, null, {}, ""])("is refused if its id is %j", async (id) => {
    expect(await refusedFor(() => client.call(id as string).hangUp())).toEqual(["callId"]);
  });
});

describe("a client", () => {
  it.each(["place", "preflight"])("%s refuses options of the wrong type", async (name) => {
    const method = (...input: unknown[]) => methods(client)[name]?.(...input) ?? Promise.resolve();
    expect(await refusedFor(() => method(request, null))).toEqual(["options"]);
    expect(await refusedFor(() => method(request, { signal: "now" }))).toEqual(["signal"]);
  });

  it("place and dryRun refuse a missing request", async () => {
    for (const nothing of [null, undefined, "+493023125000"]) {
      expect(await refusedFor(() => client.place(nothing as never))).toEqual(["request"]);
      expect(await refusedFor(() => client.dryRun(nothing as never))).toEqual(["request"]);
    }
  });

  it.each(["devices", "numbers", "channels", "balance", "whoami", "calls"])(
    "%s(5) is refused",
    async (name) => {
      expect(await refusedFor(() => methods(client)[name]?.(5) ?? Promise.resolve())).toEqual(["options"]);
    },
  );

  it.each<[unknown, string[]]>([
    [null, ["query"]],
    [{ limit: "x" }, ["limit"]],
    [{ limit: -1 }, ["limit"]],
    [{ limit: Number.NaN }, ["limit"]],
    [{ limit: 1.5 }, ["limit"]],
    [{ from: "nonsense", to: new Date("nonsense"), number: 5 }, ["from", "to", "number"]],
    [{ from: 5, to: null }, ["from", "to"]],
  ])("history(%j) names %j", async (query, fields) => {
    expect(await refusedFor(() => client.history(query as never).next())).toEqual(fields);
  });

  it("history refuses options of the wrong type", async () => {
    expect(await refusedFor(() => client.history({}, null as never).next())).toEqual(["options"]);
  });

  it("history of at most none asks for none", async () => {
    const before = server.requests.length;
    expect(await client.history({ limit: 0 }).next()).toEqual({ done: true, value: undefined });
    expect(server.requests).toHaveLength(before);
  });
});

describe("readPhoneNumber", () => {
  it.each([5, null, undefined, {}, Symbol("x")])("refuses what isn't text", async (input) => {
    expect(await readPhoneNumber(input as string)).toMatchObject({ ok: false, code: "not-text" });
  });

  it.each([5, null, {}, Symbol("x")])("refuses a country that isn't text", async (country) => {
    expect(await readPhoneNumber("030 23125000", country as string)).toMatchObject({
      code: "unknown-country",
    });
  });
});
