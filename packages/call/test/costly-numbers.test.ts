// Numbers of other countries that cost more. See CONTRIBUTING.md for the numbers kept for film.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";
import { clientAt } from "./support.js";

let server: AnsweringServer;

beforeAll(async () => {
  server = await answering({ status: 200, body: '{"sessionId":"1"}' });
});
afterAll(() => server.close());

async function warningsFor(callee: string): Promise<readonly string[]> {
  return (await clientAt(server).place({ caller: "e0", callee })).warnings;
}

it("numbers abroad that cost more are dialled, with a warning", async () => {
  expect(await warningsFor("+44 909 8790000")).toEqual([expect.stringContaining("may be expensive")]);
});

it("doctor doubts them, too", async () => {
  const checksOf = async (callee: string) =>
    (await clientAt(server).preflight({ caller: "e0", callee })).checks.filter(
      ({ name }) => name === "request",
    );
  expect(await checksOf("+44 909 8790000")).toEqual([
    expect.objectContaining({ result: "warning", message: expect.stringContaining("may be expensive") }),
  ]);
  expect(await checksOf("+44 20 7946 0000")).toMatchObject([{ result: "ok" }]);
});

it("other numbers cause no warning", async () => {
  expect(await warningsFor("+44 20 7946 0000")).toEqual([]);
  expect(await warningsFor("+493023125000")).toEqual([]);
});
