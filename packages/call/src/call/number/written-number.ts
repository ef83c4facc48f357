import { areaCodeLengths } from "./german-area-codes.js";

/** A text of digits and what people put between them, taken apart. */
export interface WrittenNumber {
  readonly text: string;
  /** The digits that stand together. */
  readonly groups: readonly string[];
  /** What stands before each group. */
  readonly separators: readonly string[];
  /** Whether a plus stands in front. */
  readonly hasPlus: boolean;
  /** What would be dialled: all digits, with a plus in front if there is one. */
  readonly digits: string;
}

/** Undefined if the text holds anything but digits, spaces, hyphens, slashes, dots, brackets and pluses, or no digit. */
export function takeApart(text: string): WrittenNumber | undefined {
  if (!/^[\d +\-/.()[\]]*\d[ \-/.)\]]*$/.test(text)) return undefined;
  const parts = text.split(/(\d+)/);
  const groups = parts.filter((_, index) => index % 2 === 1);
  const separators = parts.filter((_, index) => index % 2 === 0).slice(0, -1);
  const hasPlus = separators[0]?.includes("+") ?? false;
  return { text, groups, separators, hasPlus, digits: (hasPlus ? "+" : "") + groups.join("") };
}

/** How many digits stand before a group. */
export function digitsBefore({ groups }: WrittenNumber, group: number): number {
  return groups.slice(0, group).join("").length;
}

/** After how many digits the country or area code may end. Known for Germany, a guess elsewhere. */
export function areaCodeEnds({ digits, hasPlus }: WrittenNumber, country: string): readonly number[] {
  const bare = hasPlus ? digits.slice(1) : digits;
  const german = hasPlus ? /^490?/ : country === "DE" ? /^(?:00490?|490?|0(?!0))/ : undefined;
  const prefix = german?.exec(bare)?.[0];
  if (prefix === undefined) return oneTo(hasPlus || bare.startsWith("00") ? 7 : 5);
  const area = areaCodeLengths(bare.slice(prefix.length)).map((length) => prefix.length + length);
  return [prefix.replace(/0$/, "").length, prefix.length, ...area];
}

function oneTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
