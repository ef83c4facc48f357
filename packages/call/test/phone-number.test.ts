// Which number each text means. See any-input.test.ts for texts that nobody thought of.
import { describe, expect, it } from "vitest";
import { BERLIN, KOELN, MOBILE, outcome } from "./read-outcome.js";

// What is offered if 49 or 44 may be the beginning of an area code.
const IN_0492 = KOELN.replace("+49", "+4949");
const IN_0442 = "+442079460000".replace("+44", "+4944");

describe("numbers as people write them", () => {
  it.each([
    ["+493023125000", BERLIN],
    ["+49 (0) 30 23125 000", BERLIN],
    ["+49 [0] 30 23125000", BERLIN],
    ["+49 030 23125000", BERLIN],
    ["+49 (030) 23125000", BERLIN],
    ["+49(30)23125-000", BERLIN],
    ["(+49) 30 23125000", BERLIN],
    ["+ 49 30 23125000", BERLIN],
    ["+49.30.23125.000", BERLIN],
    ["0049 30 23125-000", BERLIN],
    ["0049(0)3023125000", BERLIN],
    ["0049 (0) 30 23125000", BERLIN],
    ["004930 23125000", BERLIN],
    ["00 49 30 23125000", BERLIN],
    ["030 23125000", BERLIN],
    ["030/23125000", BERLIN],
    ["030 / 23125 - 000", BERLIN],
    ["(030) 23125-000", BERLIN],
    ["(030 23125000)", BERLIN],
    ["030.23125.000", BERLIN],
    ["030-2312-5000", BERLIN],
    ["030 – 23125000", BERLIN],
    ["030\u221223125000", BERLIN],
    ["+49-30/23125-000", BERLIN],
    ["0049-30 / 23125 000", BERLIN],
    ["+49/30/23125000", BERLIN],
    ["0049/(0)30/23125000", BERLIN],
    ["0 30/2 31 25-0 00", BERLIN],
    ["030\u00a023125\u2011000", BERLIN],
    ["030\u300023125\u202f000", BERLIN],
    ["  0221 4710 000 ", "+492214710000"],
    ["0221 4710 123", "+492214710123"],
    ["0 22 1 / 4 71 01 23", "+492214710123"],
    ["030 23-12-50-55", "+493023125055"],
    ["030 23125-0", "+4930231250"],
    ["01522 8817386", MOBILE],
    ["0152/28817386", MOBILE],
    ["0152-2881-7386", MOBILE],
    ["+49-1522-88-17-38-6", MOBILE],
    ["030 23125000.", BERLIN],
    ["030 23125000,", BERLIN],
    // Ends in 112 and is no emergency call: Berlin's film range.
    ["030 23125112", "+493023125112"],
    ["0221 4710110", "+492214710110"],
    ["+44 20 7946 0000", "+442079460000"],
    ["+44 (0)20 7946 0000", "+442079460000"],
    ["0044 20 7946 0000", "+442079460000"],
    ["001 522 881 7386", "+15228817386"],
  ])("%j is %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });

  it.each([
    ["030 23125000", "DE", BERLIN],
    ["0049 30 23125000", "AT", BERLIN],
    ["011 49 30 23125000", "US", BERLIN],
    ["020/7946 0000", "GB", "+442079460000"],
    ["44 20 7946 0000", "GB", "+442079460000"],
    ["00 49 30 23125000", "US", "too-long"],
    ["493023125000", "AT", `ambiguous ${BERLIN}`],
    ["44 20 7946 0000", "US", "ambiguous +442079460000"],
  ])("%j, dialled in %s, is %s", async (input, country, expected) => {
    expect(await outcome(input, country)).toBe(expected);
  });
});

describe("links", () => {
  it.each([
    ["tel:+49-30-23125-000", BERLIN],
    ["tel:030%2023125000", BERLIN],
    ["tel:%2B493023125000", BERLIN],
    ["tel://+493023125000", BERLIN],
    ["callto://+493023125000/", BERLIN],
    ["TEL:+493023125000;foo=bar", BERLIN],
    ["callto:+493023125000", BERLIN],
    ["CALLTO://030%2023125000", BERLIN],
    ["tel:00152-28817386", `ambiguous +15228817386 ${MOBILE}`],
    ["tel:+49-30-23125-000/-001", `several-numbers ${BERLIN} +493023125001`],
    ["tel:+493023125000%2C%20030%2023125001", `several-numbers ${BERLIN} +493023125001`],
    ["tel:+493023125000;001", "several-numbers +493023125000 +493023125001"],
    ["tel:+493023125000;ext=12", `extension-part ${BERLIN}`],
    ["tel:+493023125000%3Bext=12", `extension-part ${BERLIN}`],
    ["tel:+493023125000;x12", `extension-part ${BERLIN}`],
    ["tel:+493023125000;npdi", BERLIN],
    ["tel:+493023125000;isub=12", `extension-part ${BERLIN}`],
    ["tel:+493023125000;postd=pp12", `extension-part ${BERLIN}`],
    ["tel:23125000;phone-context=+4930", "extension-part"],
    ["tel:112;phone-context=+49", "emergency"],
    ["tel:%E0%A4%A", "not-a-number"],
    ["tel:+49%0A3023125000", "control-character"],
    ["tel:tel:+493023125000", "not-a-number"],
    ["callto:some.one", "not-a-number"],
    ["sip:+493023125000@example.org", "sip-address"],
    ["SIPS:03023125000@example.org", "sip-address"],
    ["sip:e0", "sip-address"],
  ])("%j: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });
});

describe("what spreadsheets make of numbers", () => {
  it.each([
    ["493023125000.0", BERLIN],
    ["+493023125000.0", BERLIN],
    ["03023125000.00", BERLIN],
    ["03023125000,0", BERLIN],
    ['"493023125000.0"', BERLIN],
    ["'03023125000", BERLIN],
    ["’030 23125000", BERLIN],
    ["'+493023125000'", BERLIN],
    ['="03023125000"', BERLIN],
    ["493.023.125.000", BERLIN],
    ["112.0", "emergency"],
    ["03023125.000", `spreadsheet +493023125 ${BERLIN}`],
    ["03023125,000", "spreadsheet +493023125"],
    ["4.93023E+11", "spreadsheet"],
    ["4,93023e+11", "spreadsheet"],
    ["4.93023125000E+11", "spreadsheet"],
    ["493,023,125,000", `spreadsheet ${BERLIN}`],
    ["493,023,125,000.00", `spreadsheet ${BERLIN}`],
    ["493.023.125.000,00", `spreadsheet ${BERLIN}`],
    ["493'023'125'000", `spreadsheet ${BERLIN}`],
    ["030.23125.0", "ambiguous +493023125 +4930231250"],
    ["030 23125000.5", `ambiguous ${BERLIN} +4930231250005`],
    ['="030"&"23125000"', "not-a-number"],
    ["#NUM!", "not-a-number"],
  ])("%j: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });
});

describe("texts that people rarely write", () => {
  it.each([
    ["0 (30) 23125 [0]", "DE", "ambiguous +493023125 +4930231250"],
    ["030 231[25000", "DE", "ambiguous +4930231 +493023125000"],
    ["030 23125 ([1]", "DE", "ambiguous +493023125 +4930231251"],
    ["030 (0[) 23125000", "DE", "ambiguous +493023125000"],
    ["1(0)4", "DE", "too-short"],
    ["+1 (0) 522 881 7386", "DE", "too-long"],
    ["+44 20 7946 (0) 0000", "DE", "ambiguous +442079460000"],
    ["49 30 23125 (0) 000", "DE", "ambiguous +493023125000 +4930231250000"],
    ["+030 23125000", "DE", "ambiguous +493023125000"],
    ["+00049 30 23125000", "DE", "ambiguous +493023125000"],
    ["030//23125 +44", "DE", "several-numbers +493023125"],
    ["+ 49 30 23125000 / 01", "AT", "several-numbers +493023125000 +493023125001"],
    ["0044/(0)20/79460000", "AT", "+442079460000"],
    ["30/23/125000", "AT", "several-numbers"],
    ["030 23125-00-005", "DE", "+49302312500005"],
    ["030.23125.00-00", "DE", "+4930231250000"],
    ["030 23125-015-017", "DE", "several-numbers +493023125015 +493023125017"],
    ["030 23125-0-29012", "DE", "+493023125029012"],
    ["030 2-3-1-2-5-0-0-0", "DE", "several-numbers +4930231 +4930232 +4930235 +4930230"],
    ["030 23125-10000-20-30", "DE", "several-numbers"],
    ["01522-881-73-86", "DE", "+4915228817386"],
    ["03023125000-03023125001", "DE", "several-numbers +493023125000 +493023125001"],
    ["030 030 23125000", "DE", "several-numbers +493023125000"],
    ["00 221 4710000 00", "DE", "ambiguous +49221471000000"],
    ["030 23125000..0.1", "DE", "several-numbers +493023125000 +493023125001"],
    ["0221.47.10.00", "DE", "+49221471000"],
    ["493023125000.5005", "DE", "several-numbers +493023125000 +493023125005"],
    ["0049(0)3023125123.00", "AT", "ambiguous +493023125123 +49302312512300"],
    ["+49302312500000.49", "AT", "several-numbers +49302312500000 +49302312500049"],
    ["110/1120", "DE", "impossible"],
    ["0110/112", "DE", "impossible"],
    ["49 221 4710000/001", "DE", "several-numbers +492214710000 +492214710001"],
    ["115", "AT", "too-short"],
    ["+49 115", "AT", "short-number"],
    ["11833", "AT", "too-short"],
    ["+49 11833", "AT", "barred"],
    ["49 115", "AT", "too-short"],
  ])("%j, dialled in %s: %s", async (input, country, expected) => {
    expect(await outcome(input, country)).toBe(expected);
  });
});

describe("prefixes", () => {
  const abroadOrMobile = `ambiguous +15228817386 ${MOBILE}`;
  it.each([
    ["00152 28817386", abroadOrMobile],
    ["0015228817386", abroadOrMobile],
    ["00 152 28817386", abroadOrMobile],
    ["0 0152/28817386", abroadOrMobile],
    ["(0)0152 28817386", abroadOrMobile],
    ["0030 23125000", `ambiguous ${BERLIN}`],
    ["0 030 23125000", `ambiguous ${BERLIN}`],
    ["00221 4710000", `ambiguous ${KOELN}`],
    ["0 0049 30 23125000", `ambiguous ${BERLIN}`],
    ["493023125000", BERLIN],
    ["4915228817386", MOBILE],
    ["49 221 4710000", KOELN],
    ["49(0)3023125000", BERLIN],
    ["49 030 23125000", BERLIN],
    // 04922 is an area code, too.
    ["49 221 471000", `ambiguous +49221471000 ${IN_0492.slice(0, -1)}`],
    ["49 (0)221 471000", "+49221471000"],
    ["49 999", "too-short"],
    ["44 20 7946 0000", `ambiguous +442079460000 ${IN_0442}`],
    ["049 30 23125000", `ambiguous ${BERLIN}`],
    ["0 49 221 4710000", `ambiguous ${KOELN} ${IN_0492}`],
    ["0492214710000", `ambiguous ${KOELN} ${IN_0492}`],
    // Bucharest, though 040 is Hamburg's area code.
    ["0040 21 0000000", "+40210000000"],
    ["049 221 4710000", `ambiguous ${KOELN} ${IN_0492}`],
    ["++493023125000", `ambiguous ${BERLIN}`],
    ["+0049 30 23125000", `ambiguous ${BERLIN}`],
    ["+49 49 30 23125000", `ambiguous ${BERLIN}`],
    ["+49 0049 30 23125000", `ambiguous ${BERLIN}`],
    ["0049 49 221 4710000", `ambiguous ${KOELN} ${IN_0492}`],
    ["49 49 221 4710000", `ambiguous ${KOELN} ${IN_0492}`],
    // Too short for the country code to be told by the number's length.
    ["049 221 471000", `ambiguous +49221471000 ${IN_0492.slice(0, -1)}`],
    ["0 49 221 471000", `ambiguous +49221471000 ${IN_0492.slice(0, -1)}`],
    [IN_0492.slice(0, -1).replace("+49", "0"), IN_0492.slice(0, -1)],
    ["49 0221 471000", "+49221471000"],
    ["[49] [0]221 471000", "+49221471000"],
    ["(49)(0)221 471000", "+49221471000"],
    ["49(0)221 471000", "+49221471000"],
  ])("%j: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });

  it.each([
    ["0 0 152 28817386", abroadOrMobile],
    ["00 1 52 28817386", "+15228817386"],
    ["00 33 1 99 00 00 00", "+33199000000"],
    ["0 0 33 1 99 00 00 00", "+33199000000"],
    ["0033199000000", "+33199000000"],
    // 0331 is an area code.
    ["00331 99000000", "ambiguous +33199000000 +4933199000000"],
    ["0 0331 99000000", "ambiguous +33199000000 +4933199000000"],
    ["0 0 331 99000000", "ambiguous +33199000000 +4933199000000"],
    ["0 033 199000000", "ambiguous +33199000000 +4933199000000"],
    ["0 0 44 20 79460000", "+442079460000"],
    ["0 0 49 221 4710000", KOELN],
    ["00 49 221 4710000", KOELN],
    ["0 0221 4710000", `ambiguous ${KOELN}`],
  ])("%j, which begins with two zeros: %s", async (input, expected) => {
    expect(await outcome(input)).toBe(expected);
  });

  it("A number with two zeros in front is one of another country if the default isn't Germany", async () => {
    expect(await outcome("001 212 5550100", "AT")).toBe("+12125550100");
    expect(await outcome("049 221 471000", "AT")).toBe("impossible");
  });
});
