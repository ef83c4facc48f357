// Reads vCards: versions 3.0 and 4.0 (RFC 6350), and 2.1, which older programs write. Our own code: the kept libraries
// refuse 2.1.

/** A contact of a vCard file. */
export interface VcardContact {
  /** As it's shown, else made of its parts, else the company. */
  readonly name: string;
  /** The company. Undefined if the card has none. */
  readonly organization: string | undefined;
  /** Phone numbers as they're written, without those of fax machines. May be empty. */
  readonly numbers: readonly VcardNumber[];
  /** What somebody has noted. Undefined if nobody has. */
  readonly note: string | undefined;
}

/** A phone number of a vCard. */
export interface VcardNumber {
  /** As it's written in the card. */
  readonly number: string;
  /** `cell`, `work`, `home` or `main`. Undefined if the card doesn't say. */
  readonly kind: string | undefined;
}

interface Property {
  /** In capital letters, without its group. */
  readonly name: string;
  /** In small letters, e.g. `type=cell`, or `cell` in version 2.1. */
  readonly parameters: readonly string[];
  readonly value: string;
}

export function isVcard(text: string): boolean {
  return /^\s*BEGIN:VCARD\b/i.test(text);
}

/**
 * Reads all cards of a vCard file: versions 2.1, 3.0 and 4.0. Cards without any name are left out.
 *
 * @throws nothing: what isn't a vCard has no contacts
 * @example
 * ```ts
 * import { readVcards } from "sipgate-call";
 *
 * const [anna] = readVcards("BEGIN:VCARD\nFN:Anna Beispiel\nTEL;TYPE=cell:+49 30 23125010\nEND:VCARD");
 * console.log(anna?.name, anna?.numbers); // Anna Beispiel [ { number: "+49 30 23125010", kind: "cell" } ]
 * ```
 */
export function readVcards(text: string): VcardContact[] {
  return text.split(/^END:VCARD\s*$/im).flatMap((card) => contactOf(linesOf(card).flatMap(propertyOf)) ?? []);
}

function contactOf(properties: readonly Property[]): VcardContact | undefined {
  const first = (name: string) => properties.find((property) => property.name === name);
  const name = [unescaped(first("FN")?.value ?? ""), nameOf(first("N")), organizationOf(first("ORG"))].find(
    Boolean,
  );
  if (name === undefined) return undefined;
  const numbers = properties
    .filter((property) => property.name === "TEL" && !isFax(property))
    .map((property) => ({
      number: unescaped(property.value).replace(/^tel:/i, ""),
      kind: kindOf(property),
    }));
  return {
    name,
    organization: organizationOf(first("ORG")) || undefined,
    numbers,
    note: unescaped(first("NOTE")?.value ?? "") || undefined,
  };
}

/** Family name first, then given name. */
function nameOf(property: Property | undefined): string {
  const [family = "", given = ""] = (property?.value ?? "").split(/(?<!\\);/).map(unescaped);
  return `${given} ${family}`.trim();
}

function organizationOf(property: Property | undefined): string {
  return unescaped((property?.value ?? "").split(/(?<!\\);/)[0] ?? "");
}

const typesOf = ({ parameters }: Property) =>
  parameters.flatMap((parameter) =>
    parameter
      .replace(/^type=/, "")
      .replaceAll('"', "")
      .split(","),
  );

const isFax = (property: Property) => typesOf(property).includes("fax");

const KINDS = ["cell", "work", "home", "main"];

function kindOf(property: Property): string | undefined {
  return typesOf(property).find((type) => KINDS.includes(type));
}

/** Lines that were folded are one again: by a blank at the next line's beginning, or in 2.1 by `=` at the end. */
function linesOf(card: string): string[] {
  const lines: string[] = [];
  for (const line of card.split(/\r\n|\n|\r/)) {
    const last = lines.at(-1);
    if (last !== undefined && /^[ \t]/.test(line)) lines[lines.length - 1] = last + line.slice(1);
    else if (last !== undefined && isQuotedPrintable(last) && last.endsWith("="))
      lines[lines.length - 1] = last.slice(0, -1) + line;
    else lines.push(line);
  }
  return lines;
}

const isQuotedPrintable = (line: string) =>
  headOf(line)?.parameters.some((each) => /quoted-printable$/.test(each));

function propertyOf(line: string): Property[] {
  const head = headOf(line);
  if (head === undefined) return [];
  const value = line.slice(head.length + 1);
  return [{ ...head, value: isQuotedPrintable(line) ? decoded(value) : value }];
}

/** What stands before the first colon that isn't within quotation marks: `item1.TEL;TYPE=cell`. */
function headOf(line: string): (Omit<Property, "value"> & { readonly length: number }) | undefined {
  const [, head] = /^((?:[^":]|"[^"]*")*):/.exec(line) ?? [];
  if (head === undefined) return undefined;
  const [name = "", ...parameters] = head.split(";");
  return {
    name: name.slice(name.lastIndexOf(".") + 1).toUpperCase(),
    parameters: parameters.map((each) => each.trim().toLowerCase()),
    length: head.length,
  };
}

/** Quoted-printable (RFC 2045), taken as UTF-8. */
function decoded(value: string): string {
  const bytes = value.replace(/=([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (/[^\0-\xff]/.test(bytes)) return value;
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

function unescaped(value: string): string {
  return value.replace(/\\n/gi, " ").replace(/\\(.)/g, "$1").trim();
}
