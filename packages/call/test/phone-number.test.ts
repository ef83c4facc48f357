import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { readPhoneNumber } from "sipgate-call";
import { describe, expect, it } from "vitest";

async function outcome(input: string, country?: string): Promise<string> {
  const result = await readPhoneNumber(input, country);
  return result.ok ? result.number : result.code;
}

describe("numbers as people write them", () => {
  it.each([
    ["+493023125000", "+493023125000"],
    ["+49 (0) 30 23125 000", "+493023125000"],
    ["+49 030 23125000", "+493023125000"],
    ["0049 30 23125-000", "+493023125000"],
    ["030 23125000", "+493023125000"],
    ["030/23125000", "+493023125000"],
    ["(030) 23125-000", "+493023125000"],
    ["030.23125.000", "+493023125000"],
    ["+49-30/23125-000", "+493023125000"],
    ["0049-30 / 23125 000", "+493023125000"],
    ["+49/30/23125000", "+493023125000"],
    ["030\u00a023125\u2011000", "+493023125000"],
    ["  0221 4710 000 ", "+492214710000"],
    ["0221 4710 123", "+492214710123"],
    ["tel:+49-30-23125-000", "+493023125000"],
    ["tel:030%2023125000", "+493023125000"],
    ["TEL:+493023125000;foo=bar", "+493023125000"],
    ["01522 8817386", "+4915228817386"],
    ["493023125000", "+493023125000"],
    // Ends in 112 and is no emergency call: Berlin's film range.
    ["030 23125112", "+493023125112"],
    ["0221 4710110", "+492214710110"],
  ])("%j is %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });

  it("takes the default country for numbers without a country code", async () => {
    expect(await outcome("030 23125000", "DE")).toBe("+493023125000");
    expect(await outcome("0049 30 23125000", "AT")).toBe("+493023125000");
    expect(await outcome("00 49 30 23125000", "US")).toBe("impossible");
    expect(await outcome("011 49 30 23125000", "US")).toBe("+493023125000");
  });
});

describe("numbers that are refused, and why", () => {
  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["+", "not-a-number"],
    ["++493023125000", "not-a-number"],
    ["+49 30 23125000 call me", "not-a-number"],
    ["0800 FLOWERS", "not-a-number"],
    ["030,23125000", "not-a-number"],
    ["030 23125-000/-001", "several-numbers"],
    ["030 23125-000 / –001", "several-numbers"],
    ["+49 30 23125-000/001", "several-numbers"],
    ["tel:+49-30-23125-000/-001", "several-numbers"],
    [`+49${"0".repeat(200)}`, "not-a-number"],
    ["tel:%E0%A4%A", "not-a-number"],
    ["+49 30 23125\n000", "control-character"],
    ["\u202a+49 30 23125000\u202c", "control-character"],
    ["+49 30\u200b23125000", "control-character"],
    ["+49\ud800 30", "control-character"],
    ["٠٣٠٢٣١٢٥٠٠٠", "non-ascii-digit"],
    ["＋４９３０２３１２５０００", "non-ascii-digit"],
    ["+49 30 23125000;ext=12", "extension-part"],
    ["tel:23125000;phone-context=+4930", "extension-part"],
    ["110", "emergency"],
    ["112", "emergency"],
    ["1 1 2", "emergency"],
    ["tel:112", "emergency"],
    ["+49110", "emergency"],
    ["+49 112", "emergency"],
    ["0049112", "emergency"],
    ["0110", "emergency"],
    ["030 110", "emergency"],
    ["+4930112", "emergency"],
    ["0211 110", "emergency"],
    ["02331 112", "emergency"],
    ["0137 1234567", "barred"],
    ["+49 900 1234567", "barred"],
    ["0900/123456", "barred"],
    ["01807 123456", "barred"],
    ["0181 1234567", "barred"],
    ["01212 123456", "barred"],
    ["11833", "barred"],
    ["+49 11833", "barred"],
    ["23125000", "no-area-code"],
    ["+4930", "impossible"],
    ["+49302312500012345", "impossible"],
    ["+999 123456", "impossible"],
    ["012345678901234567890", "impossible"],
    ["911", "impossible"],
  ])("%j: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });

  it.each(["de", "XX", "", "__proto__", "constructor"])(
    "a default country %j that isn't known",
    async (country) => {
      expect(await outcome("030 23125000", country)).toBe("unknown-country");
    },
  );

  it("says what is wrong and what to do", async () => {
    expect(await readPhoneNumber("112")).toEqual({
      ok: false,
      code: "emergency",
      message: "112 is an emergency number. sipgate doesn't place emergency calls for software.",
      remedy: "Dial it directly, now, on a phone.",
    });
  });
});

describe("any text at all", () => {
  it("is either refused or an international number, and never throws", async () => {
    const digits = fc.stringMatching(/^\+?[0-9 ()/-]{0,20}$/);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), digits), async (input) => {
        expect(await outcome(input)).toMatch(/^(?:\+[1-9]\d{4,14}|[a-z-]+)$/);
      }),
    );
  });

  it("German numbers are judged as libphonenumber judges them, but for E.164's limit of 15 digits", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[1-9]\d{1,12}$/), async (national) => {
        const valid = parsePhoneNumberFromString(`+49${national}`, { extract: false })?.isValid() ?? false;
        const verdict = await outcome(`+49${national}`);
        if (["emergency", "barred"].includes(verdict)) return;
        expect(verdict).toBe(valid ? `+49${national}` : "impossible");
      }),
      { numRuns: 2_000 },
    );
  });
});
