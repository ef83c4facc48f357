// Whatever people type and paste: it's understood as it was meant, or refused, and nothing throws.
import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { checkCallRequest, InvalidRequestError, readPhoneNumber } from "sipgate-call";
import { describe, expect, it } from "vitest";

/** Any text, also what isn't well-formed: halves of characters, control characters, marks of direction. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.string({ unit: fc.constantFrom(..."+0123456789 -/().;:=telx\u202e\u200b\u0000\r\n٣３"), maxLength: 30 }),
);

// The ranges kept for film and television, with every way to dial them inside Germany.
const filmNumber = fc.oneof(
  ...[
    ["30", "23125", 3],
    ["69", "90009", 3],
    ["40", "66969", 3],
    ["221", "4710", 3],
    ["89", "99998", 3],
  ].map(([area, block, digits]) =>
    fc
      .integer({ min: 0, max: 10 ** Number(digits) - 1 })
      .map((last) => [String(area), String(block) + String(last).padStart(Number(digits), "0")] as const),
  ),
);
const separator = fc.constantFrom("", " ", "-", "/", ".", "\u00a0", "\u2011", " - ", "  ");
const prefix = fc.constantFrom("+49", "0049", "+49 (0)", "0", "(0)", "+49 0");
// They show nothing.
const invisible = fc.constantFrom(
  "",
  "",
  "\u00ad",
  "\u200b",
  "\u200e",
  "\u202a",
  "\u202c",
  "\u2066",
  "\u2069",
  "\ufeff",
);

/** A number with something after its country code and area code, and a space here and there, as people write it. */
const written = fc
  .tuple(
    prefix,
    filmNumber,
    fc.tuple(separator, separator),
    fc.array(fc.constantFrom("", "", " ", "\u00a0"), { minLength: 20, maxLength: 20 }),
    fc.array(invisible, { minLength: 20, maxLength: 20 }),
  )
  .map(([front, [area, local], [afterFront, afterArea], spaces, marks]) => {
    const parts = [...local].map((digit, index) => `${spaces[index]}${marks[index]}${digit}`);
    return {
      text: `${front}${afterFront}${area}${afterArea}${parts.join("").trimStart()}`,
      number: `+49${area}${local}`,
    };
  });

/** Two numbers, or a number and something that doesn't belong to it: nothing that anybody reads as one number. */
const notOneNumber = fc
  .tuple(
    prefix,
    filmNumber,
    fc.constantFrom(
      ...[
        "/01",
        " / 01",
        "/-001",
        "-000-005",
        " - 000 - 005",
        ", 01",
        ";01",
        " oder 01",
        " or 01",
        "..9",
        "-0-29",
      ],
      ...[
        " x12",
        " ext. 12",
        " #12",
        ",,12",
        ";ext=12",
        " (2)",
        " [1]",
        " +49 30 23125001",
        "/030 23125001",
        "-",
      ],
      ...[".5", ",5", "E+11", "\n01", "\t01", " 24/7", " & 01", " | 030 23125001", " bis -20", "p12", "…9"],
    ),
  )
  .map(([front, [area, local], rest]) => ({ text: `${front}${area} ${local}${rest}`, local }));

describe("phone numbers", () => {
  it("as people write them are what they mean", async () => {
    await fc.assert(
      fc.asyncProperty(written, async ({ text, number }) => {
        expect(await readPhoneNumber(text)).toEqual({ ok: true, number });
      }),
      { numRuns: 500 },
    );
  });

  it("are refused if the text isn't one number, and what is offered is one of those in it", async () => {
    await fc.assert(
      fc.asyncProperty(notOneNumber, async ({ text, local }) => {
        const result = await readPhoneNumber(text);
        if (result.ok) throw new Error(`${text} would dial ${result.number}`);
        for (const { number } of result.readings) expect(number.slice(0, 7)).toMatch(/^\+[1-9]\d{5}/);
        if (result.readings.length > 0) expect(result.readings[0]?.number).toContain(local);
      }),
      { numRuns: 1_000 },
    );
  });

  it("are dialled with all digits of the text, in their order, but for prefixes and a spreadsheet's zeros", async () => {
    const pieces = fc.constantFrom(
      ...[
        "+",
        "0",
        "00",
        "49",
        "30",
        "0152",
        "23125",
        "000",
        "1",
        "7",
        " ",
        " ",
        "-",
        "/",
        ".",
        ",",
        ";",
        "(",
        ")",
      ],
      ...["(0)", "oder", "x", "bis", "tel:", "\u200e", "\u2013", "'", '"', "=", "e+", ".0", "%20", "#"],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 14 }), async (parts) => {
        const text = parts.join("");
        const result = await readPhoneNumber(text);
        if (!result.ok) return;
        const written = text
          // A link may be in quotes, and have parameters without a value.
          .replace(/^[\s'"=\u200e]*tel:([^;]*)(;[\s'"a-z\u200e-]*)*$/, "$1")
          .replaceAll("%20", " ")
          .replace(/(\d)[.,]0{1,2}[\s"'.,;\u200e]*$/, "$1");
        expect(written).not.toMatch(/\p{L}|\d.*[,;=#%].*\d|\d[^(]*\+/u);
        const digits = written.replace(/\D/g, "");
        const dialled = result.number.slice(1);
        const readings = [
          digits,
          digits.replace(/^(00)?490/, "49"),
          digits.replace(/^00/, ""),
          digits.replace(/^0/, "49"),
        ];
        // 030.23125.0 keeps its last zero.
        expect([...readings, text.replace(/\D/g, "").replace(/^0/, "49")]).toContain(dialled);
      }),
      { numRuns: 5_000 },
    );
  });

  it("of any text are valid to libphonenumber, have been written in ASCII digits, and are read back as they are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyText,
          written.map(({ text }) => text),
        ),
        fc.constantFrom("DE", "AT", "US"),
        async (text, country) => {
          const result = await readPhoneNumber(text, country);
          if (!result.ok) {
            expect(result.remedy).not.toBe("");
            return;
          }
          const parsed = parsePhoneNumberFromString(result.number, { extract: false });
          expect(parsed?.isValid()).toBe(true);
          expect(result.number).toMatch(/^\+[1-9]\d{4,14}$/);
          const digits = decodeURIComponent(text).replace(/\D/g, "");
          expect(digits).toContain(result.number.slice(-4)); // Nothing but its own digits.
          expect(text.trim()).not.toMatch(/[^\P{Nd}0-9]|[\p{Cc}\p{Cs}]/u);
          const back = [result.number, parsed?.formatInternational(), parsed?.getURI()];
          for (const form of back) expect(await readPhoneNumber(form ?? "", country)).toEqual(result);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  const emergency = fc.constantFrom("110", "112");
  const barred = fc
    .tuple(
      fc.constantFrom("137", "138", "1212", "1807", "185", "181", "188", "900"),
      fc.stringMatching(/^\d{4,8}$/),
    )
    .map(([start, rest]) => start + rest);
  const between = (digits: string, separators: readonly string[]) =>
    [...digits].map((digit, index) => digit + (separators[index % separators.length] ?? "")).join("");

  it("of the police and the fire brigade are refused, however they're written", async () => {
    const fronts = fc.constantFrom(
      "",
      "+49",
      "0049",
      "+490",
      "0",
      "tel:",
      "tel:+49",
      "030",
      "+4930",
      "0221",
      "02331",
    );
    await fc.assert(
      fc.asyncProperty(
        fronts,
        emergency,
        fc.array(fc.constantFrom("", " ", "-", "."), { minLength: 1, maxLength: 5 }),
        async (front, digits, separators) => {
          const result = await readPhoneNumber(front + between(digits, separators));
          expect(result).toMatchObject({ ok: false, code: "emergency" });
        },
      ),
    );
  });

  it("that sipgate bars are refused, however they're written", async () => {
    const fronts = fc.constantFrom("+49", "0049", "0", "+49 (0)", "tel:+49");
    await fc.assert(
      fc.asyncProperty(
        fronts,
        barred,
        fc.array(separator, { minLength: 1, maxLength: 7 }),
        async (front, digits, separators) => {
          const { ok } = await readPhoneNumber(front + between(digits, separators));
          expect(ok).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(["\r\n", "\0", "\u202e", "\u2061", "\ud800", "\u001b[2J", "٣", "３", "\u2028"])(
    "with %j anywhere are refused",
    async (intruder) => {
      const number = "+493023125000";
      for (let at = 1; at < number.length; at += 1)
        expect(await readPhoneNumber(number.slice(0, at) + intruder + number.slice(at))).toMatchObject({
          ok: false,
        });
    },
  );
});

describe("requests", () => {
  it("of any values are checked or refused with remedies that show no control character", async () => {
    const value = fc.oneof(anyText, fc.anything(), fc.constantFrom("e0", "+493023125000", "__proto__"));
    const any = fc.oneof(
      fc.record({ caller: value, callee: value, callerId: value, deviceId: value }, { requiredKeys: [] }),
      fc.dictionary(fc.oneof(anyText, fc.constantFrom("__proto__", "constructor", "caller")), value),
      fc.anything(),
    );
    await fc.assert(
      fc.asyncProperty(any, async (request) => {
        try {
          const checked = await checkCallRequest(request as never);
          expect(
            Object.keys(checked).every((key) => ["caller", "callee", "callerId", "deviceId"].includes(key)),
          ).toBe(true);
          expect(checked.caller).toMatch(/^(?:[aepxy]\d+|\+\d+)$/);
        } catch (error) {
          if (!(error instanceof InvalidRequestError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          expect(error.message + error.remedy).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("name extensions as they are: a letter and a number without leading zeros", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyText, fc.stringMatching(/^[a-zA-Z]\d{0,12}$/)), async (caller) => {
        const isExtension = /^[aepxy](?:0|[1-9]\d{0,8})$/i.test(caller.trim());
        if (!/^[a-z]/i.test(caller.trim())) return;
        const checking = checkCallRequest({ caller, callee: "+493023125000" });
        if (isExtension) expect((await checking).caller).toBe(caller.trim().toLowerCase());
        else await expect(checking).rejects.toBeInstanceOf(InvalidRequestError);
      }),
      { numRuns: 500 },
    );
  });
});
