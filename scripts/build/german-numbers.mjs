// Makes the patterns by which a German number in international form is judged, from the metadata of libphonenumber-js.
// Most calls here are to German numbers, and the library itself would cost the command line 17 ms of CPU at each start.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

// Positions in the metadata (libphonenumber-js, source/metadata.js, format 4): the pattern of all numbers, and the
// types of number, such as fixed line or mobile. A number has to fit the pattern and a type.
const ALL = 2;
const TYPES = 11;

export function writeGermanNumbers(file) {
  const { countries } = createRequire(import.meta.url)("libphonenumber-js/metadata.max.json");
  const types = countries.DE[TYPES]
    .filter((type) => type?.[0])
    .map(([pattern, lengths]) => [pattern, lengths]);
  const text =
    "// Made by scripts/build/german-numbers.mjs from libphonenumber-js (MIT, its metadata Apache-2.0).\n" +
    "/** The pattern of what follows +49. */\n" +
    `export const ALL_GERMAN_NUMBERS = ${JSON.stringify(countries.DE[ALL])};\n` +
    "/** The same for each type of number, and how many digits it may have. */\n" +
    `export const GERMAN_NUMBER_TYPES: readonly [pattern: string, lengths: readonly number[]][] = ${JSON.stringify(types)};\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
