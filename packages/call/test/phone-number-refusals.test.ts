// Texts that are no number, or more than one: why they are refused, and what is offered instead.
import { readPhoneNumber } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { BERLIN, KOELN, MOBILE, outcome } from "./read-outcome.js";

describe("two numbers in one text", () => {
  const two = `several-numbers ${BERLIN} +493023125001`;
  const range = `several-numbers ${BERLIN} +493023125005`;
  it.each([
    ["030 23125000/01", two],
    ["030/23125000 / 01", two],
    ["+49 30 23125-000/001", two],
    ["030 23125-000/-001", two],
    ["030 23125-000 / –001", two],
    ["030 23125000 / 030 23125001", two],
    ["030 23125000, 030 23125001", two],
    ["030 23125000;01", two],
    ["030 23125000 | 030 23125001", two],
    ["030 23125000 oder 030 23125001", two],
    ["030 23125000 or 001", two],
    ["030 23125-000 u. -001", two],
    ["030 23125-000 & -001", two],
    ["030 23125-000 + -001", two],
    ["030 23125000 +49 30 23125001", two],
    ["030 23125-000-005", range],
    ["030 23125-000 - 005", range],
    ["030 23125-000–005", range],
    ["030 23125-000 bis -005", range],
    ["030 23125-000 to 005", range],
    ["030 23125-000..005", range],
    ["030 23125-000…005", range],
    ["030 23125 000 - 005", `${range} +493023125000005`],
    ["030 23125000-005", `${range} +493023125000005`],
    ["030 23125000 01", `${two} +49302312500001`],
    ["030 23125 10-20", "several-numbers +49302312510 +49302312520 +4930231251020"],
    ["030 23125-10 bis -20", "several-numbers +49302312510 +49302312520"],
    ["030 23125-10-20-30", "several-numbers +49302312510 +49302312520 +49302312530"],
    ["030 231250-0-29", "several-numbers +49302312500 +49302312529"],
    ["030 231250/231251", "several-numbers +4930231250 +4930231251"],
    ["030 231/25001", "several-numbers +4930231 +493023125001"],
    ["030/23125/000/01", "several-numbers +493023125000 +493023125001"],
    ["030 23125/000", "several-numbers +493023125 +493023125000"],
    ["030 23125000 1", "ambiguous +493023125000 +4930231250001"],
    ["0221 4710000 - 4710009", `several-numbers ${KOELN} +492214710009`],
    ["+44 20 794/60001", "several-numbers +442079460001"],
    ["0221 4710 123 0221 4710 124", "several-numbers +492214710123 +492214710124"],
    ["0152 28817386 / 030 23125000", `several-numbers ${MOBILE} ${BERLIN}`],
    ["030 23125000 24/7", "several-numbers +49302312500024 +49302312500027"],
    ["030-23125000 069-90009000", `several-numbers ${BERLIN} +496990009000`],
    ["(030) 23125000 (069) 90009000", `several-numbers ${BERLIN} +496990009000`],
    ["030 231 25 000 0152 288 17386", `several-numbers ${BERLIN} ${MOBILE}`],
    ["03023125000 06990009000", `several-numbers ${BERLIN} +496990009000`],
    ["+49 30 23125000 069 90009000", `several-numbers ${BERLIN} +496990009000`],
    ["030 23125 000 23125 001", two],
    ["+49 30 23125000 23125001", two],
    ["030 23125000\n030 23125001", "control-character"],
    ["030 23125000\t030 23125001", "control-character"],
    ["110/112", "emergency"],
    ["110 oder 112", "emergency"],
    ["030 110/112", "emergency"],
  ])("%j: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });
});

describe("digits that may not be a part of the number", () => {
  it.each([
    ["030 23125000 ext. 5", `extension-part ${BERLIN}`],
    ["030 23125000 Durchwahl 12", `extension-part ${BERLIN}`],
    ["030 23125000x12", `extension-part ${BERLIN}`],
    ["030 23125000 #12", `extension-part ${BERLIN}`],
    ["030 23125000,,12#", `extension-part ${BERLIN}`],
    ["030 23125000p12", `extension-part ${BERLIN}`],
    ["+49 30 23125000;ext=12", `extension-part ${BERLIN}`],
    ["+44 20 7946 0000 x12", "extension-part +442079460000"],
    ["*31#030 23125000", `extension-part ${BERLIN}`],
    ["#31#03023125000", `extension-part ${BERLIN}`],
    ["030 23125000 (2)", `ambiguous ${BERLIN} +4930231250002`],
    ["030 23125000 [1]", `ambiguous ${BERLIN} +4930231250001`],
    ["030 (0) 23125000", `ambiguous ${BERLIN}`],
    ["030 23125-", "ambiguous +493023125"],
    ["030 23125000 (9-17 Uhr)", "not-a-number"],
  ])("%j: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });
});

/** Texts that are judged by a finer point of a rule: none of the others shows it. */

describe("characters that don't show, or show something else", () => {
  const AROUND = [
    "\u202a,\u202c",
    "\u202d,\u202c",
    "\u2066,\u2069",
    "\u2068,\u2069",
    "\u200e,\u200e",
    "\u200f,",
  ];
  it.each([...AROUND, "\u00ad,\u00ad", "\ufeff,", "\u200b,\u200b", "\u2060,", "\u00a0,\u00a0"])(
    "%j around a number are dropped",
    async (pair) => {
      const [before = "", after = ""] = pair.split(",");
      expect(await outcome(`${before}+49 30 23125000${after}`)).toBe(BERLIN);
      expect(await outcome(`tel:${before}+493023125000${after}`)).toBe(BERLIN);
    },
  );

  it.each([
    ["030\u00ad23125000", BERLIN],
    ["+49\u200e \u200e30\u200b 23125000", BERLIN],
    ["030 23125000\u202e", BERLIN],
    ["\u202e030 23125000\u202c", "control-character"],
    ["030 \u202e00052132", "control-character"],
    ["tel:%E2%80%AE+493023125000", "control-character"],
    ["030\u206123125000", "control-character"],
    ["+49\ud800 30", "control-character"],
    ["+49 30 23125\n000", "control-character"],
    ["٠٣٠٢٣١٢٥٠٠٠", "non-ascii-digit"],
    ["＋４９３０２３１２５０００", "non-ascii-digit"],
    ["030 23125000¹", "not-a-number"],
    ["\u00ad", "empty"],
  ])("%j: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });
});

describe("other texts that are refused, and why", () => {
  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["''", "empty"],
    ["+", "not-a-number"],
    ["+49 30 23125000 call me", "not-a-number"],
    ["0800 FLOWERS", "not-a-number"],
    ["O30 23125000", "not-a-number"],
    ["030 2312500O", "not-a-number"],
    ["030 23125-1x", "not-a-number"],
    ["Fax: 030 23125000", "not-a-number"],
    ["%2B493023125000", "not-a-number"],
    ["+49&nbsp;30&nbsp;23125000", "not-a-number"],
    [`+49${"0".repeat(200)}`, "not-a-number"],
    ["110", "emergency"],
    ["112", "emergency"],
    ["1 1 2", "emergency"],
    ["tel:112", "emergency"],
    ["+49110", "emergency"],
    ["49 112", "emergency"],
    ["0049112", "emergency"],
    ["0110", "emergency"],
    ["00112", "emergency"],
    ["030 110", "emergency"],
    ["+4930112", "emergency"],
    ["0211 110", "emergency"],
    ["02331 112", "emergency"],
    ["911", "emergency"],
    ["999", "emergency"],
    ["144", "emergency"],
    ["115", "short-number"],
    ["+49 115", "short-number"],
    ["116117", "short-number"],
    ["116 117", "short-number"],
    ["116999", "short-number"],
    ["19222", "short-number"],
    ["0137 1234567", "barred"],
    ["+49 900 1234567", "barred"],
    ["0900/123456", "barred"],
    ["01807 123456", "barred"],
    ["0181 1234567", "barred"],
    ["01212 123456", "barred"],
    ["11833", "barred"],
    ["+49 11833", "barred"],
    ["23125000", "no-area-code"],
    ["1234", "too-short"],
    ["+4930", "too-short"],
    ["+49302312500012345", "too-long"],
    ["012345678901234567890", "too-long"],
    ["+999 123456", "impossible"],
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
      readings: [],
    });
    expect(await readPhoneNumber("116117")).toMatchObject({
      message:
        "116117 is the doctors' on-call service. Whether sipgate can reach this short number isn't known.",
    });
  });

  it("names a directory enquiry's number as it was typed", async () => {
    const message = "11833 starts with 118, which sipgate bars.";
    expect(await readPhoneNumber("11833")).toMatchObject({ code: "barred", message });
  });

  it("says what may be meant only if something may", async () => {
    expect(await readPhoneNumber("030 23125000 ext. 5")).toMatchObject({
      message: expect.stringMatching(/It may mean \+49 30 23125000 \(Germany\)\.$/),
      remedy: "If that's the number, give it like this.",
    });
    expect(await readPhoneNumber("030 23125000 (9-17 Uhr)")).toMatchObject({
      message: '"030 23125000 (9-17 Uhr)" has letters, so it isn\'t a phone number alone.',
      readings: [],
    });
  });

  it("shows each number that may be meant, with its country", async () => {
    expect(await readPhoneNumber("00152 28817386")).toEqual({
      ok: false,
      code: "ambiguous",
      message: expect.stringContaining(
        "It may mean +1 522 881 7386 (North America) or +49 1522 8817386 (Germany).",
      ),
      remedy: "Give the one that's meant.",
      readings: [
        { number: "+15228817386", formatted: "+1 522 881 7386", country: undefined },
        { number: "+4915228817386", formatted: "+49 1522 8817386", country: "DE" },
      ],
    });
  });
});
