// Makes the list of countries whose numbers libphonenumber-js knows, so a client can judge its default country
// when it's created, without loading the library.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

export function writeCountries(file) {
  const { countries } = createRequire(import.meta.url)("libphonenumber-js/metadata.max.json");
  const text =
    "// Made by scripts/build/countries.mjs from libphonenumber-js (MIT, its metadata Apache-2.0).\n" +
    "/** ISO 3166-1, two letters each, with spaces between. */\n" +
    `export const COUNTRIES = ${JSON.stringify(Object.keys(countries).join(" "))};\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
