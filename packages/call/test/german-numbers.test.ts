// German numbers are judged by two patterns, without the numbering plans of all countries.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { readPhoneNumber } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { outcome } from "./read-outcome.js";

it("German numbers are judged without loading the rules of all countries", () => {
  const entry = createRequire(import.meta.url).resolve("sipgate-call");
  const inputs = [
    "+49 (0)30 23125-000",
    "030/23125 000",
    "0049 30 23125000",
    "49 221 4710000",
    "tel:+493023125000",
  ];
  const script = `
    const { readPhoneNumber } = require(${JSON.stringify(entry)});
    (async () => {
      let loaded = Object.keys(require.cache).length;
      await readPhoneNumber("+493023125000");
      const forInternational = Object.keys(require.cache).length - loaded;
      await readPhoneNumber("030/23125-000"); // What reads texts is loaded.
      loaded = Object.keys(require.cache).length;
      for (const input of ${JSON.stringify(inputs)}) if (!(await readPhoneNumber(input)).ok) throw input;
      const forGerman = Object.keys(require.cache).length - loaded;
      await readPhoneNumber("+44 20 7946 0000");
      console.log(forInternational, forGerman, Object.keys(require.cache).length > loaded);
    })();`;
  expect(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim()).toBe("0 0 true");
});

/** May begin with 0 or 11 after an area code: the library doesn't look there. */
const NOBODYS = /^[2-9]\d{1,4}(?:0|11)/;

it("German numbers are judged as libphonenumber judges them, but for E.164's limit of 15 digits and what area codes rule out", async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[1-9]\d{1,12}$/), async (national) => {
      const valid = parsePhoneNumberFromString(`+49${national}`, { extract: false })?.isValid() ?? false;
      const [verdict = ""] = (await outcome(`+49${national}`)).split(" ");
      if (["emergency", "barred", "short-number"].includes(verdict) || NOBODYS.test(national)) return;
      expect(verdict.replace("too-short", "impossible")).toBe(valid ? `+49${national}` : "impossible");
      const mayBeCountryCode = national.startsWith("49");
      if (valid && !mayBeCountryCode) expect(await outcome(`0${national}`)).toBe(`+49${national}`);
    }),
    { numRuns: 2_000 },
  );
});

describe("a number that begins with 0 or 11 after its area code is nobody's", () => {
  it.each([
    "+49 30 0900123456",
    "030 0123456",
    "0 30 0 23125000",
    "+49 30 030 23125000",
    "089 00 99998000",
    "0211 0456789",
    "030 1123456",
    "030 1100",
    "030 118 33",
    "030 116 117",
    "0221 116117",
    "02202 012345",
    "03301 001234",
  ])("%j is impossible", async (input) => {
    const result = await readPhoneNumber(input);
    expect(result).toMatchObject({ ok: false, code: "impossible", readings: [] });
    expect(result).toMatchObject({ message: expect.stringContaining("after an area code") });
  });

  it.each(["030 0110", "+49 30 0 112", "0049 30 00110", "49300110", "0221 0112", "02202 0110"])(
    "%j is an emergency call all the same",
    async (input) => {
      expect(await outcome(input)).toBe("emergency");
    },
  );

  it.each([
    ["+49 (0)30 23125000", "+493023125000"],
    ["0049 0 30 23125000", "+493023125000"],
    ["0800 0123456", "+498000123456"],
    ["030 115", "+4930115"],
    ["03301 012345", "+493301012345"], // It may be 33010 12345: area codes there have four or five digits.
    ["030 (0) 23125000", "ambiguous +493023125000"],
  ])("%j: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });
});
