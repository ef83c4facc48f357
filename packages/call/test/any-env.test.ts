// The file .env, whatever is in it: read as a careful writer meant it, or refused, and never a crash.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { InvalidSettingsError } from "../src/call/errors.js";
import { changedEnv } from "../src/cli/init/env-text.js";
import { envFileFrom, readEnvFile } from "../src/cli/settings/env-file.js";
import { settingsIn } from "../src/cli/settings/settings.js";
import { newFolder, sipgateCall } from "./terminal.js";

const NAMES = ["TOKEN_ID", "TOKEN", "CALLER"];
const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Any bytes, and bytes that look like such a file. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        "TOKEN",
        "TOKEN_ID",
        "__proto__",
        "export ",
        "=",
        ":",
        "'",
        '"',
        "`",
        "#",
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\u2028",
        "\ufeff",
        "\0",
        "\\",
        "$",
        "{",
        "}",
        "ä",
        "\ud83d\ude00",
        "x",
      ),
      { maxLength: 40 },
    )
    .map((parts) => Buffer.from(parts.join(""))),
);

describe("any bytes", () => {
  it("are read, or refused with what to do about it", () => {
    const path = join(folder, "any.env");
    fc.assert(
      fc.property(
        anyBytes,
        fc.constantFrom("", "\u00ff\u00fe", "\u00fe\u00ff", "\u00ef\u00bb\u00bf"),
        (bytes, mark) => {
          writeFileSync(path, Buffer.concat([Buffer.from(mark, "latin1"), bytes]));
          try {
            const { values } = readEnvFile(path, NAMES);
            expect(Object.values(values).every((value) => typeof value === "string")).toBe(true);
            expect(({} as Record<string, unknown>).x).toBeUndefined();
          } catch (error) {
            if (!(error instanceof InvalidSettingsError)) throw error;
            expect(error.remedy).not.toBe("");
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("can be changed by init as it was asked, or aren't changed at all", () => {
    fc.assert(
      fc.property(anyBytes, fc.stringMatching(/^[!-~]{1,20}$/), (bytes, token) => {
        const text = new TextDecoder().decode(bytes).replaceAll("\0", "").replaceAll(":", "");
        const changed = changedEnv(text, { token });
        if (changed !== undefined)
          expect(settingsIn(envFileFrom("", changed, NAMES)).token?.value).toBe(token);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a careful writer's file", () => {
  const quoted = fc.oneof(
    fc
      .stringMatching(/^[!#$%&(-~]{1,40}$/)
      .map((value) => [value.replaceAll("`", ""), `'${value.replaceAll("`", "")}'`] as const),
    fc.stringMatching(/^[A-Za-z0-9 /+=_.-]{1,40}$/).map((value) => [value, `"${value}"`] as const),
    fc.stringMatching(/^[A-Za-z0-9/+=_.-]{1,40}$/).map((value) => [value, value] as const),
  );
  const other = fc.constantFrom(
    "# it's a comment",
    "",
    "OTHER='value'",
    'NOTE="two\nlines"',
    "don't",
    "# TOKEN='old'",
    "EMPTY=",
  );
  const file = fc
    .record({
      token: quoted,
      before: fc.array(other, { maxLength: 4 }),
      after: fc.array(other, { maxLength: 4 }),
      around: fc.constantFrom("=", " = ", " =", "= "),
      front: fc.constantFrom("", "export ", "  "),
      name: fc.constantFrom("TOKEN", "token", "SIPGATE_TOKEN"),
      comment: fc.constantFrom("", " # mine"),
      newline: fc.constantFrom("\n", "\r\n"),
    })
    .map(({ token: [value, written], before, after, around, front, name, comment, newline }) => ({
      value: value.trim(),
      text: [...before, `${front}${name}${around}${written}${comment}`, ...after]
        .join("\n")
        .replaceAll("\n", newline),
    }))
    .filter(({ value }) => value !== "");

  it("says what was written, in any encoding that editors save", () => {
    const path = join(folder, "careful.env");
    const encodings = fc.constantFrom<(text: string) => Buffer>(
      (text) => Buffer.from(text),
      (text) => Buffer.from(`\ufeff${text}`),
      (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
      (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
    );
    fc.assert(
      fc.property(file, encodings, ({ value, text }, encode) => {
        writeFileSync(path, encode(text));
        expect(settingsIn(readEnvFile(path, NAMES)).token?.value).toBe(value);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("values that would write headers or lines of their own", () => {
  it.each([
    ["TOKEN", '"x\r\nX-Evil: 1"'],
    ["TOKEN", "x\u0000y"],
    ["TOKEN", "x\u202ey"],
    ["TOKEN_ID", '"x\ny"'],
    ["BASE_URL", '"https://api.sipgate.com/v2\r\nX-Evil: 1"'],
    ["BASE_URL", "https://api.sipgate.com/\u001b[2J"],
    ["CALLER", '"e0\r\nX-Evil: 1"'],
    ["CALLER_ID", "+49302312\u202e5000"],
    ["SIPGATE_PLATFORM", "classic\u001b[2J"],
    ["SIPGATE_COUNTRY", "DE\u202e"],
  ])("%s=%j is refused, and shown harmlessly", async (name, value) => {
    const lines = ["TOKEN_ID=token-ABC123", "TOKEN=x", "CALLER=e0", "BASE_URL=http://127.0.0.1:9/v2"];
    const file = [...lines.filter((line) => !line.startsWith(`${name}=`)), `${name}=${value}`].join("\n");
    for (const further of [[], ["--json"]]) {
      const { code, out, err } = await sipgateCall(["+493023125000", ...further], {
        files: { ".env": file },
      });
      expect([2, 3]).toContain(code);
      expect(out + err).not.toMatch(/[^\P{C}\n]/u);
      expect(err).not.toContain("X-Evil");
    }
  });
});
