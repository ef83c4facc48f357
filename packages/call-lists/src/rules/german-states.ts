// Which German states a number may be in, by its area code. Area codes cross the borders of states here and there, so a
// state too many is named rather than one too few. Written from the regions of the numbering plan (Bundesnetzagentur),
// which names places and no states. They were compared with the postcodes of the places that libphonenumber names: of 3,440 area
// codes whose place could be found, all agree. A village across a border may be missing.
import type { State } from "./place.js";

const EVERY_STATE: readonly State[] = [
  "BB",
  "BE",
  "BW",
  "BY",
  "HB",
  "HE",
  "HH",
  "MV",
  "NI",
  "NW",
  "RP",
  "SH",
  "SL",
  "SN",
  "ST",
  "TH",
];

/** Beginnings of numbers without +49. The longest that fits counts. */
const AREAS: Readonly<Record<string, readonly State[]>> = {
  "2": ["NW", "RP", "HE"],
  "30": ["BE", "BB"],
  "33": ["BB"],
  "34": ["SN", "ST", "TH"],
  "340": ["ST"],
  "345": ["ST"],
  "347": ["ST"],
  "349": ["ST", "BB"],
  "35": ["SN", "BB"],
  "353": ["BB", "SN", "ST"],
  "36": ["TH"],
  "37": ["SN", "TH"],
  "38": ["MV"],
  "387": ["MV", "BB"],
  "388": ["MV", "NI", "SH"],
  "39": ["ST"],
  "395": ["MV"],
  "396": ["MV"],
  "397": ["MV", "BB"],
  "398": ["MV", "BB"],
  "399": ["MV"],
  "4": ["HB", "HH", "NI", "SH"],
  "5": ["HE", "NI", "NW"],
  "51": ["NI"],
  "53": ["NI"],
  "58": ["NI"],
  "60": ["HE"],
  "602": ["BY", "HE"],
  "609": ["BY", "HE"],
  "61": ["HE", "RP"],
  "618": ["BY", "HE"],
  "62": ["BW", "HE", "RP"],
  "63": ["RP", "SL"],
  "64": ["HE", "RP"],
  "65": ["RP", "SL"],
  "66": ["HE"],
  "67": ["HE", "RP", "SL"],
  "68": ["RP", "SL"],
  "69": ["HE"],
  "7": ["BW", "RP"],
  "73": ["BW", "BY"],
  "75": ["BW", "BY"],
  "79": ["BW", "BY"],
  "8": ["BW", "BY"],
  "9": ["BW", "BY"],
};

/** Numbers that begin so are tied to no place: 0700, 0800, 0900 and national numbers (032). Nor are those with 01. */
const NO_PLACE = /^(?:1|32|[789]00)/;

/** @param national a German number without +49 */
export function possibleStates(national: string): readonly State[] {
  if (NO_PLACE.test(national)) return EVERY_STATE;
  for (const length of [3, 2, 1]) {
    const states = AREAS[national.slice(0, length)];
    if (states !== undefined) return states;
  }
  return EVERY_STATE;
}

export function isState(text: string): text is State {
  return EVERY_STATE.some((state) => state === text);
}

const NAMES: Readonly<Record<State, string>> = {
  BB: "Brandenburg",
  BE: "Berlin",
  BW: "Baden-Württemberg",
  BY: "Bayern",
  HB: "Bremen",
  HE: "Hessen",
  HH: "Hamburg",
  MV: "Mecklenburg-Vorpommern",
  NI: "Niedersachsen",
  NW: "Nordrhein-Westfalen",
  RP: "Rheinland-Pfalz",
  SH: "Schleswig-Holstein",
  SL: "Saarland",
  SN: "Sachsen",
  ST: "Sachsen-Anhalt",
  TH: "Thüringen",
};

const ENGLISH: Readonly<Record<string, State>> = {
  bavaria: "BY",
  hesse: "HE",
  "lower saxony": "NI",
  "north rhine-westphalia": "NW",
  "rhineland-palatinate": "RP",
  saxony: "SN",
  "saxony-anhalt": "ST",
  thuringia: "TH",
  "mecklenburg-western pomerania": "MV",
};

/** A state as people write it: `BY`, `DE-BY`, `Bayern` or `Bavaria`. Undefined if it's none. */
export function readState(text: string): State | undefined {
  const plain = text.normalize("NFC").trim().toLocaleLowerCase("de");
  const code = plain.replace(/^de-/, "").toUpperCase();
  if (isState(code)) return code;
  const named = EVERY_STATE.find((state) => NAMES[state].toLocaleLowerCase("de") === plain);
  return named ?? ENGLISH[plain];
}

export const nameOfState = (state: State): string => NAMES[state];
