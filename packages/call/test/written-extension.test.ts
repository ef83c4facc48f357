// An extension written with a dash is told before anything is dialled; anything like it isn't taken for one.
import { expect, it } from "vitest";
import { sipgateCall } from "./terminal.js";

const dryRun = (callee: string) => sipgateCall([callee, "--sandbox", "--dry-run"]);

it.each([
  ["030 23125000-1", "Read as +49 30 23125000-1: extension 1 of +49 30 23125000.\n", "+4930231250001"],
  ["+49 30 23125000 – 1", "Read as +49 30 23125000-1: extension 1 of +49 30 23125000.\n", "+4930231250001"],
  ["069 90009000-1", "Read as +49 69 90009000-1: extension 1 of +49 69 90009000.\n", "+4969900090001"],
])("%s", async (callee, told, dialled) => {
  const { err, out } = await dryRun(callee);
  expect(err).toContain(told);
  expect(out).toContain(dialled);
});

it.each(["030 23125-000", "030-23125000", "+493023125000", "01522 88173-86"])(
  "%s needs no word",
  async (callee) => {
    const { code, err } = await dryRun(callee);
    expect(code).toBe(0);
    expect(err).not.toContain("extension");
  },
);
