// What a text with more than digits and separators means: two numbers, an extension, or no number.
import { printable } from "../text/printable.js";
import { alternatives, digitsOf } from "./alternatives.js";
import { type Doubt, HOW_TO_WRITE } from "./phone-number-result.js";

const OR = ["oder", "or", "und", "and", "u", "o", "bzw", "ou", "et", "e", "y", "o", "sowie", "also"];
const TO = ["bis", "to", "through", "thru", "until", "till"];
const EXTENSION = [
  ...["ext", "extn", "extension", "x", "int", "intern", "internal", "poste", "anexo", "interno"],
  ...["durchwahl", "dw", "nst", "nebenstelle", "apparat", "app", "kl", "klappe", "pin", "code", "p", "w"],
];
const BETWEEN_NUMBERS = /[,;|&~…]/;

export function doubtOfForeignCharacters(text: string): Doubt {
  const [, code, rest] = /^([*#]+\d{2,3}[*#])(.*)$/.exec(text) ?? [];
  if (code !== undefined && rest !== undefined) return withServiceCode(text, code, rest);
  const words = text.match(/\p{L}+/gu)?.map((word) => word.toLowerCase()) ?? [];
  const are = (known: readonly string[]) => words.every((word) => known.includes(word));
  const hasNumbers = /\d.*\d/.test(text) && !/[^\p{L}\d \-+/.()[\],;:|&~…#*]/u.test(text);
  const isPartOfWord = /\d[ouey]|[ouey]\d|\p{L}[ .)]?$/iu.test(text); // 2312500O, 23125-1x
  if (!hasNumbers || isPartOfWord || !are([...OR, ...TO, ...EXTENSION])) return noNumber(text, words);
  if (words.some((word) => EXTENSION.includes(word)) || /[#*]|, ?,/.test(text)) return withExtension(text);
  if (words.length > 0 || BETWEEN_NUMBERS.test(text))
    return severalNumbers(text, text.split(/[,;|&~…]|\p{L}+/u));
  return noNumber(text, words);
}

export function severalNumbers(text: string, parts: readonly string[]): Doubt {
  return {
    code: "several-numbers",
    message: `"${printable(text)}" looks like two numbers, or a range of numbers.`,
    remedy: "Give one of them.",
    candidates: alternatives(parts),
  };
}

/** *31#, #31#: codes that a phone or its network carries out by itself. */
function withServiceCode(text: string, code: string, rest: string): Doubt {
  return {
    code: "extension-part",
    message: `"${printable(text)}" begins with ${code}, a code for the network of a phone, such as for hiding its number.`,
    remedy: "Leave it out. What the callee sees is the caller ID.",
    keepsRemedy: true,
    candidates: [digitsOf(rest)],
  };
}

function withExtension(text: string): Doubt {
  const [number = ""] = text.split(/[,;#*:]|\p{L}/u);
  return {
    code: "extension-part",
    message: `"${printable(text)}" has a part that isn't dialled with the number (an extension or tones).`,
    remedy: "Give the number without it, and send the extension as DTMF once connected.",
    candidates: [digitsOf(number)],
  };
}

function noNumber(text: string, words: readonly string[]): Doubt {
  const hasDigits = /\d/.test(text);
  return {
    code: "not-a-number",
    message:
      words.length > 0 && hasDigits
        ? `"${printable(text)}" has letters, so it isn't a phone number alone.`
        : `"${printable(text)}" isn't a phone number.`,
    remedy: hasDigits ? `Give the number alone. ${HOW_TO_WRITE}` : HOW_TO_WRITE,
    candidates: [],
  };
}
