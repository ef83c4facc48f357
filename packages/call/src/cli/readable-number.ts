import { loadCountries } from "../call/number/load-countries.js";

/** Makes numbers as people write them, such as `+49 30 23125005`. Any other text stays as it is. */
export async function readableNumbers(): Promise<(text: string) => string> {
  const { inGroups } = await loadCountries();
  return (text) => (/^\+\d+$/.test(text) ? inGroups(text) : text);
}
