import { splitOutside } from "./split.js";

const COMPACT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "accept-contact",
    b: "referred-by",
    c: "content-type",
    e: "content-encoding",
    f: "from",
    i: "call-id",
    k: "supported",
    l: "content-length",
    m: "contact",
    o: "event",
    r: "refer-to",
    s: "subject",
    t: "to",
    u: "allow-events",
    v: "via",
    x: "session-expires",
  }),
);

/** The headers of a message in their order. Names are in lower case and in full. */
export class Headers {
  readonly #entries: readonly (readonly [name: string, value: string])[];

  constructor(entries: readonly (readonly [name: string, value: string])[]) {
    this.#entries = entries;
  }

  /** The value of the first of that name. */
  get(name: string): string | undefined {
    for (const [each, value] of this.#entries) if (each === name) return value;
    return undefined;
  }

  /** How many of that name there are. */
  count(name: string): number {
    let count = 0;
    for (const [each] of this.#entries) if (each === name) count += 1;
    return count;
  }

  /** All values of that name, also those that share a line. */
  list(name: string): string[] {
    const all: string[] = [];
    for (const [each, value] of this.#entries) if (each === name) all.push(...splitOutside(value, ","));
    return all;
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.#entries[Symbol.iterator]();
  }
}

export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return COMPACT.get(lower) ?? lower;
}

/** How people write the names of headers. It has those of ours, which are few, as soon as they were sent once. */
const SPELLINGS = new Map(
  Object.entries({ "call-id": "Call-ID", cseq: "CSeq", "www-authenticate": "WWW-Authenticate" }),
);

/** As people write the name of one of our headers. */
export function spelled(name: string): string {
  const known = SPELLINGS.get(name);
  if (known !== undefined) return known;
  const spelling = name.replaceAll(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
  SPELLINGS.set(name, spelling);
  return spelling;
}
