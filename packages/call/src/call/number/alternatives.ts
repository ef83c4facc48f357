/**
 * The numbers that the parts of a text mean, as in `030 23125-000`, `005`: a part that isn't a whole number
 * stands for the last digits of the first one.
 */
export function alternatives(parts: readonly string[]): string[] {
  const [first, ...others] = parts.map(digitsOf).filter((digits) => /\d/.test(digits));
  if (first === undefined) return [];
  return [first, ...others.map((other) => (isWhole(other) ? other : first.slice(0, -other.length) + other))];
}

/** The digits of a text, with a plus in front if there is one. */
export function digitsOf(text: string): string {
  return (/^[ ([]*\+/.test(text) ? "+" : "") + text.replace(/\D/g, "");
}

function isWhole(digits: string): boolean {
  return digits.startsWith("+") || /^0\d{7}/.test(digits);
}
