// German numbers are judged by two patterns, without the numbering plans of all countries.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { expect, it } from "vitest";
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

it("German numbers are judged as libphonenumber judges them, but for E.164's limit of 15 digits", async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[1-9]\d{1,12}$/), async (national) => {
      const valid = parsePhoneNumberFromString(`+49${national}`, { extract: false })?.isValid() ?? false;
      const [verdict = ""] = (await outcome(`+49${national}`)).split(" ");
      if (["emergency", "barred", "short-number"].includes(verdict)) return;
      expect(verdict.replace("too-short", "impossible")).toBe(valid ? `+49${national}` : "impossible");
      const mayBeCountryCode = national.startsWith("49");
      if (valid && !mayBeCountryCode) expect(await outcome(`0${national}`)).toBe(`+49${national}`);
    }),
    { numRuns: 2_000 },
  );
});
