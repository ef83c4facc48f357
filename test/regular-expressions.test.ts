// Text from outside must not be able to keep a regular expression busy: each one in the sources takes time in
// proportion to the text, whatever the text.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check } from "recheck";
import { parseAst } from "rolldown/parseAst";
import { describe, expect, it } from "vitest";
import {
  ALL_GERMAN_NUMBERS,
  GERMAN_NUMBER_TYPES,
} from "../packages/call/src/call/number/german-numbers.generated.js";

interface Expression {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

const packages = fileURLToPath(new URL("../packages/", import.meta.url));

/** Every regular expression literal in a file, and every `unicodePattern`. */
function expressionsIn(file: string): Expression[] {
  const code = readFileSync(packages + file, "utf8");
  const found: Expression[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("type" in node && node.type === "Literal" && "regex" in node && "start" in node) {
      const { pattern, flags } = node.regex as { pattern: string; flags: string };
      const line = code.slice(0, Number(node.start)).split("\n").length;
      found.push({ where: `${file}:${line}`, source: pattern, flags });
    }
    const [, source, flags] = unicodePatternAt(node, code) ?? [];
    if (source !== undefined && flags !== undefined) found.push({ where: file, source, flags });
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(code, { lang: file.endsWith("x") ? "tsx" : "ts" }));
  return found;
}

/** `unicodePattern(String.raw`source`, "flags")` */
function unicodePatternAt(node: object, code: string): RegExpExecArray | null {
  const isCall = "type" in node && node.type === "CallExpression" && "start" in node && "end" in node;
  const text = isCall ? code.slice(Number(node.start), Number(node.end)) : "";
  if (!text.startsWith("unicodePattern(")) return null;
  const read = /^unicodePattern\(\s*String\.raw`([^`]*)`,\s*"(\w+)",?\s*\)$/.exec(text);
  if (read === null) throw new Error(`Write it as in unicode-pattern.ts: ${text}`);
  return read;
}

const files = readdirSync(packages)
  .flatMap((name) =>
    readdirSync(`${packages}${name}/src`, { recursive: true, encoding: "utf8" }).map(
      (file) => `${name}/src/${file}`,
    ),
  )
  .filter((file) => /\.tsx?$/.test(file))
  .sort();

/** Those that are made of text at run time. Each is listed here, with what it's made of. */
const MADE_OF_TEXT = [
  "call/src/call/number/barred-numbers.ts",
  "call/src/call/number/german-area-codes.ts",
  "call/src/call/number/german-numbers.ts",
  "call/src/call/text/unicode-pattern.ts",
  "call/src/cli/terminal/keyboard.ts",
  "mcp/src/install/change.ts",
  "mcp/src/rules/number-patterns.ts",
];

/** What these make, but for the patterns of German numbers, of which a number needs a few only. */
async function madeOfText(): Promise<Expression[]> {
  const made: Expression[] = [];
  const original = RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, [source, flags = ""]: [string, string?]) {
      if (typeof source === "string") made.push({ where: "made at run time", source, flags });
      return new target(source, flags);
    },
  });
  try {
    await import("../packages/call/src/cli/terminal/keyboard.js");
    await import("../packages/mcp/src/install/change.js");
    await import("../packages/mcp/src/rules/number-patterns.js");
    (await import("../packages/call/src/call/number/barred-numbers.js")).isEmergencyNumber("+4930110");
    (await import("../packages/call/src/call/number/german-area-codes.js")).areaCodeLengths("30");
  } finally {
    globalThis.RegExp = original;
  }
  const german = [ALL_GERMAN_NUMBERS, ...GERMAN_NUMBER_TYPES.map(([pattern]) => pattern)];
  return [
    ...made,
    ...german.map((pattern) => ({ where: "a German number", source: `^(?:${pattern})$`, flags: "" })),
  ];
}

const made = await madeOfText();

/** recheck's limits of time are off, so a busy machine changes no verdict. Its limits of characters read stay. */
const LIMITED_BY_WORK = { timeout: null, attackTimeout: null, incubationTimeout: null, seedingTimeout: null };

describe("regular expressions", () => {
  const expressions = [...files.flatMap(expressionsIn), ...made];

  it("are found", () => {
    expect(expressions.length).toBeGreaterThan(60);
  });

  it("are made of text in known places only", () => {
    expect(made.length).toBeGreaterThan(GERMAN_NUMBER_TYPES.length + 2);
    const making = files.filter((file) => /\bRegExp\(/.test(readFileSync(packages + file, "utf8")));
    expect(making).toEqual(MADE_OF_TEXT);
  });

  it.each(expressions)(
    "$where takes linear time: /$source/$flags",
    async ({ source, flags }) => {
      const { status } = await check(source, flags, LIMITED_BY_WORK);
      expect(status).toBe("safe");
    },
    600_000,
  );
});
