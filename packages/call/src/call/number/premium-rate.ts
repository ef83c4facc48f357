import { loadCountries } from "./load-countries.js";
import type { E164 } from "./phone-number.js";

/**
 * What should be known about a number's price. German numbers that cost more are barred. Whether sipgate bars
 * those of other countries isn't known, so they are dialled with a warning.
 */
export async function warningsOf(callee: E164): Promise<string[]> {
  if (callee.startsWith("+49")) return [];
  const { costsMore } = await loadCountries(); // Loaded already, since the number isn't a German one.
  return costsMore(callee)
    ? [`${callee} is a premium-rate or shared-cost number of its country: the call may be expensive.`]
    : [];
}
