// Pasted text: invisible characters are dropped, and characters that would hide or change digits are refused.
import { printable } from "../text/printable.js";
import { type Refusal, refused } from "./phone-number-result.js";

const LONGEST_INPUT = 100;

// Invisible: soft hyphen, zero-width spaces, joiners, direction marks and embeddings. Address books and
// messengers put them around numbers.
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const SHOWN_BACKWARDS = "\u202e";

const RETYPE = "Type the number instead of pasting it.";

/** The text without invisible characters and surrounding quotation marks, with plain spaces and hyphens. */
export function readableText(input: string): string | Refusal {
  const text = input.trim();
  if (text.length > LONGEST_INPUT)
    return refused("not-a-number", `"${printable(text)}" is too long for a phone number.`);
  if (/^[ -~]*$/.test(text)) return withoutQuotes(text); // The rules below are costly to compile and rarely needed.
  const override = text.indexOf(SHOWN_BACKWARDS);
  if (override !== -1 && /\d/.test(text.slice(override)))
    return refused("control-character", "It holds a mark that shows its digits backwards.", RETYPE);
  const visible = text.replace(INVISIBLE, "").trim();
  if (/[\t\n\v\f\r\u0085\u2028\u2029]/.test(visible))
    return refused(
      "control-character",
      "It holds a line break or a tab, as between two numbers.",
      "Give one number, in one line.",
    );
  const hidden = /[\p{Cc}\p{Cf}\p{Cs}]/u.exec(visible)?.[0];
  if (hidden !== undefined)
    return refused("control-character", `It holds the invisible character ${printable(hidden)}.`, RETYPE);
  if (/[^\P{Nd}0-9]/u.test(visible) || visible.includes("＋"))
    return refused(
      "non-ascii-digit",
      `"${printable(visible)}" has digits that aren't 0 to 9.`,
      "Type the number with the digits 0 to 9.",
    );
  return withoutQuotes(plain(visible));
}

/** Spaces of any width become one; hyphens stay hyphens; dashes, as in a range, get spaces around them. */
function plain(text: string): string {
  return text
    .replace(/[\u2010-\u2012\u2212]/g, "-")
    .replace(/[\u2013-\u2015]/g, " - ")
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/\s+/g, " ")
    .trim();
}

/** Spreadsheets mark text with an apostrophe or as `="…"`; sentences leave a comma or full stop. */
function withoutQuotes(text: string): string {
  const quoted = /^=?"([^"]*)"$/.exec(text) ?? /^'([^']*)'?$/.exec(text);
  return (quoted?.[1] ?? text)
    .trim()
    .replace(/[.,;]$/, "")
    .trim();
}
