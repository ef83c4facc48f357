// An example that someone copies must ring nobody: every phone number in the repository is one kept for film and
// television, or stands below with the reason why it rings nobody either.
import { describe, expect, it } from "vitest";
import { read, trackedFiles } from "./documents.js";

/** Ranges of the Bundesnetzagentur (Germany) and of Ofcom (United Kingdom), as they begin after the country code. */
const GERMAN = ["3023125", "6990009", "4066969", "2214710", "8999998", "15228817386"];
const BRITISH = ["2079460", "9098790"];

interface Exception {
  readonly file: string;
  readonly why: string;
  readonly numbers: readonly string[];
}

const EXCEPTIONS: readonly Exception[] = [
  {
    file: "packages/call/src/call/number/any-country.ts",
    why: "what a number is misread as, in a comment",
    numbers: ["+49 231 25000"],
  },
  {
    file: "packages/call/test/any-env.test.ts",
    why: "the beginning of a number that is put together",
    numbers: ["+49302312"],
  },
  {
    file: "packages/call-lists/test/import.test.ts",
    why: "the beginning of numbers that are put together; only their form is judged",
    numbers: ["+49302312"],
  },
  {
    file: "packages/call-lists/test/rules.test.ts",
    why: "kept for films in North America, and one that can't exist; only judged, nothing is dialled there",
    numbers: ["+14165550123", "+80012345678"],
  },
  { file: "packages/call/test/cli-input.test.ts", why: "barred; refused", numbers: ["0137 123456"] },
  { file: "packages/call/test/contacts.test.ts", why: "barred; refused", numbers: ["0900 1234567"] },
  {
    file: "packages/call/test/german-numbers.test.ts",
    why: "nobody's, emergency calls, or only judged; nothing is dialled there",
    numbers: [
      "+49 30 0900123456",
      "030 0123456",
      "+49 30 030 23125000",
      "089 00 99998000",
      "0211 0456789",
      "030 1123456",
      "030 118 33",
      "030 116 117",
      "0221 116117",
      "02202 012345",
      "03301 001234",
      "+49 30 0 112",
      "0049 30 00110",
      "0221 0112",
      "02202 0110",
      "0800 0123456",
      "+498000123456",
      "03301 012345",
      "+493301012345",
      "030 (0) 23125000",
    ],
  },
  {
    file: "packages/call/test/phone-number-refusals.test.ts",
    why: "what may not or can't be dialled; each is refused, and nothing is dialled there",
    numbers: [
      "02331 112",
      "030 110/112",
      "0137 1234567",
      "+49 900 1234567",
      "0900/123456",
      "01807 123456",
      "0181 1234567",
      "01212 123456",
      "+49 11833",
      "+999 123456",
      "012345678901234567890",
    ],
  },
  {
    file: "packages/call/test/phone-number-refusals.test.ts",
    why: "readings of something ambiguous, which is refused; nothing is dialled there",
    numbers: ["030 (0) 23125000"],
  },
  {
    file: "packages/call/test/phone-number.test.ts",
    why: "what may not or can't be dialled; each is refused, and nothing is dialled there",
    numbers: ["011 49 30 23125000", "030 030 23125000", "+1 (0) 522 881 7386", "+49 11833"],
  },
  {
    file: "packages/call/test/phone-number.test.ts",
    why: "readings of something ambiguous, which is refused; nothing is dialled there",
    numbers: ["0040 21 0000000", "+40210000000"],
  },
  {
    file: "packages/call/test/phone-number.test.ts",
    why: "kept for fiction in France and in North America, or a reading of one that is refused; nothing is dialled there",
    numbers: [
      "+33199000000",
      "0033199000000",
      "00331 99000000",
      "0331 99000000",
      "033 199000000",
      "+4933199000000",
      "001 212 5550100",
      "+12125550100",
    ],
  },
  {
    file: "packages/mcp/test/with-rules.test.ts",
    why: "only judged, and nothing is dialled there",
    numbers: [
      "+870 760000000",
      "+881 600000000",
      "+882 1000000000",
      "+883 510000000",
      "+878 100000000000",
      "+979 100000000",
      "+808 10000000",
      "+44 7000000000",
      "+41 840000000",
      "+81 570000000",
      "+49 1640000",
      "+800 10000000",
    ],
  },
  {
    file: "packages/sandbox-phones/test/raw-browser.ts",
    why: "a made-up password, and the bytes of a packet",
    numbers: ["0123456789012345678901", "01 000046 0000 000000 000046"],
  },
  {
    file: "packages/sandbox/test/outcomes.test.ts",
    why: "given out to nobody; only the sandbox is asked",
    numbers: ["+49900000000"],
  },
];

/** International with a plus or two zeros, national with a zero, and without either, as sipgate pushes them. */
const NUMBER =
  /(?<![\w.+-])(?:(?:\+\s?|00)[1-9][\d ()/.-]{6,}\d|49[1-9]\d{7,12})(?!\w)|(?<![\w.+:-])0[1-9][\d ()/-]{6,}\d(?!\w)/g;

/**
 * Whether it begins as a range does, after whatever people put before: `+49`, `0049`, `+49 0`, `+49 49`. One that is
 * shorter is incomplete, one that is longer has digits too many.
 */
function isFilmNumber(number: string): boolean {
  const digits = number.replaceAll(/\D/g, "");
  const begins = (prefixes: RegExp, ranges: readonly string[]) =>
    ranges.some((range) => digits.replace(prefixes, "").startsWith(range));
  return begins(/^(?:0|49)+/, GERMAN) || begins(/^(?:0|44)+/, BRITISH);
}

const numbersIn = (text: string) => [...text.matchAll(NUMBER)].map(([number]) => number);
const strangersIn = (text: string) => numbersIn(text).filter((number) => !isFilmNumber(number));

describe("phone numbers in the repository", () => {
  const texts = trackedFiles(/./)
    .filter((file) => file !== "test/film-numbers.test.ts")
    .map((file) => ({ file, text: read(file) }))
    .filter(({ text }) => !text.includes("\0"));
  const allowed = (file: string) =>
    EXCEPTIONS.filter((exception) => exception.file === file).flatMap(({ numbers }) => numbers);

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
    const unneeded = EXCEPTIONS.flatMap(({ file, numbers }) => {
      const strangers = strangersIn(texts.find((text) => text.file === file)?.text ?? "");
      return numbers.filter((number) => !strangers.includes(number)).map((number) => `${file}: ${number}`);
    });
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
