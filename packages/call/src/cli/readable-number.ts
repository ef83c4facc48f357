/** Makes numbers as people write them, such as `+49 30 23125005`. Any other text stays as it is. */
export async function readableNumbers(): Promise<(text: string) => string> {
  const { inGroups } = await import("../call/number/any-country.js");
  return (text) => (/^\+\d+$/.test(text) ? inGroups(text) : text);
}
