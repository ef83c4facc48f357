import { possibleStates } from "./german-states.js";
import { isTimeZone } from "./local-time.js";
import type { Place, State } from "./place.js";

/** What is known of a callee besides the number. */
export interface KnownPlace {
  readonly state?: State | undefined;
  /** An IANA name. One that this machine doesn't know leaves the time unknown. */
  readonly timeZone?: string | undefined;
}

/**
 * Where a number is at home. Other numbers than German ones load the numbering rules of all countries first.
 *
 * @param number E.164
 */
export async function placeOf(number: string, { state, timeZone }: KnownPlace = {}): Promise<Place> {
  const place = number.startsWith("+49") ? inGermany(number, state) : await elsewhere(number);
  if (timeZone === undefined) return place;
  return { ...place, timeZones: isTimeZone(timeZone) ? [timeZone] : [] };
}

function inGermany(number: string, state: State | undefined): Place {
  const states = state === undefined ? possibleStates(number.slice(3)) : [state];
  return { country: "DE", timeZones: ["Europe/Berlin"], states };
}

async function elsewhere(number: string): Promise<Place> {
  const { countriesOf } = await import("./countries-of.js");
  const countries = countriesOf(number);
  const [only] = countries;
  return {
    country: countries.length === 1 ? only : undefined,
    timeZones: [...new Set(countries.flatMap(timeZonesOf))],
    states: [],
  };
}

/** Zones that ICU doesn't know by these countries' codes. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  AC: ["Atlantic/St_Helena"],
  TA: ["Atlantic/St_Helena"],
  XK: ["Europe/Belgrade"],
};

/** A method in newer versions of Node, a property in Node 20. */
interface ZonesOfLocale {
  getTimeZones?(): readonly string[] | undefined;
  readonly timeZones?: readonly string[] | undefined;
}

/** By Node's own data (ICU). */
function timeZonesOf(country: string): readonly string[] {
  const locale: Intl.Locale & ZonesOfLocale = new Intl.Locale(`und-${country}`);
  return OTHERS[country] ?? locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
