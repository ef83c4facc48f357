// Lists of numbers: whole ones, or beginnings.

/** What is wrong with a number or a beginning, if anything. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern === "*" || /^\+[1-9]\d{2,14}$|^\+[1-9]\d{0,14}\*$/.test(compact(pattern))) return undefined;
  return `"${pattern}" is neither a number in international form, such as "+49 30 23125 000", nor a beginning, such as "+49 30*".`;
}

/** @param number in international form, such as `+493023125000` */
export function isListed(number: string, patterns: readonly string[]): boolean {
  return patterns
    .map(compact)
    .some((pattern) =>
      pattern.endsWith("*") ? number.startsWith(pattern.slice(0, -1)) : number === pattern,
    );
}

function compact(pattern: string): string {
  return pattern.replaceAll(/[ ()/.-]/g, "");
}
