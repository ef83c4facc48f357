// An example that someone copies must ring nobody: every phone number in the repository is one kept for film and
// television, or stands below with the reason why it rings nobody either.
import { describe, expect, it } from "vitest";
import { read, trackedFiles } from "./documents.js";

/** Ranges of the Bundesnetzagentur (Germany) and of Ofcom (United Kingdom), as they begin after the country code. */
const GERMAN = ["3023125", "6990009", "4066969", "2214710", "8999998", "15228817386"];
const BRITISH = ["2079460", "9098790"];

const EXCEPTIONS: readonly (readonly [file: string, number: string, why: string])[] = [
  [
    "packages/call/src/call/number/any-country.ts",
    "+49 231 25000",
    "what a number is misread as, in a comment",
  ],
  ["packages/call/test/any-env.test.ts", "+49302312", "the beginning of a number that is put together"],
  ["packages/call/test/cli.test.ts", "0137 123456", "barred, and the test shows that it's refused"],
  ["packages/call/test/phone-number.test.ts", "011 49 30 23125000", "American way to dial abroad; refused"],
  ["packages/call/test/phone-number.test.ts", "02331 112", "an emergency number; refused"],
  ["packages/call/test/phone-number.test.ts", "0137 1234567", "barred"],
  ["packages/call/test/phone-number.test.ts", "+49 900 1234567", "barred"],
  ["packages/call/test/phone-number.test.ts", "0900/123456", "barred"],
  ["packages/call/test/phone-number.test.ts", "01807 123456", "barred"],
  ["packages/call/test/phone-number.test.ts", "0181 1234567", "barred"],
  ["packages/call/test/phone-number.test.ts", "01212 123456", "barred"],
  ["packages/call/test/phone-number.test.ts", "+49 11833", "barred"],
  ["packages/call/test/phone-number.test.ts", "+999 123456", "no such country"],
  ["packages/call/test/phone-number.test.ts", "012345678901234567890", "longer than any number"],
  [
    "packages/sandbox/test/outcomes.test.ts",
    "+49900000000",
    "given out to nobody; only the sandbox is asked",
  ],
];

/** International with a plus or two zeros, national with a zero, and without either, as sipgate pushes them. */
const NUMBER =
  /(?<![\w.+-])(?:(?:\+\s?|00)[1-9][\d ()/.-]{6,}\d|49[1-9]\d{7,12})(?!\w)|(?<![\w.+:-])0[1-9][\d ()/-]{6,}\d(?!\w)/g;

/** Whether it begins as a range does. One that is shorter is incomplete, one that is longer has digits too many. */
function isFilmNumber(number: string): boolean {
  const digits = number.replaceAll(/\D/g, "").replace(/^00/, "");
  const begins = (country: string, ranges: readonly string[]) => {
    const national = [digits.replace(/^0/, ""), ...(digits.startsWith(country) ? [digits.slice(2)] : [])];
    return ranges.some((range) => national.some((part) => part.replace(/^0/, "").startsWith(range)));
  };
  return begins("49", GERMAN) || begins("44", BRITISH);
}

const numbersIn = (text: string) => [...text.matchAll(NUMBER)].map(([number]) => number);
const strangersIn = (text: string) => numbersIn(text).filter((number) => !isFilmNumber(number));

describe("phone numbers in the repository", () => {
  const texts = trackedFiles(/./)
    .filter((file) => file !== "test/film-numbers.test.ts")
    .map((file) => ({ file, text: read(file) }))
    .filter(({ text }) => !text.includes("\0"));
  const allowed = (file: string) =>
    EXCEPTIONS.filter(([where]) => where === file).map(([, number]) => number);

  it("are in many files", () => {
    const withNumbers = texts.filter(({ text }) => numbersIn(text).length > 0).map(({ file }) => file);
    for (const folder of ["packages/call/src", "packages/sandbox/test", "docs", "bench", "README.md"])
      expect(withNumbers.some((file) => file.startsWith(folder))).toBe(true);
  });

  it("are those of film and television, or ring nobody for another reason", () => {
    const found = texts.flatMap(({ file, text }) =>
      strangersIn(text)
        .filter((number) => !allowed(file).includes(number))
        .map((number) => `${file}: ${number}`),
    );
    expect(found).toEqual([]);
  });

  it("need every exception", () => {
    const unneeded = EXCEPTIONS.filter(
      ([where, number]) =>
        !strangersIn(texts.find(({ file }) => file === where)?.text ?? "").includes(number),
    );
    expect(unneeded).toEqual([]);
  });

  it.each([
    "+4915112345678",
    "+49 (0)30 12345678",
    "0049 89 1234567",
    "030/123 45 67",
    "4915112345678",
    "+44 20 7123 4567",
    "+1 212 555 1234",
  ])("%s would be found", (number) => {
    expect(strangersIn(`call("${number}")`)).toEqual([number]);
  });
});
