// A file of one's own with contacts: vCard or CSV.
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { isVcard, readVcards } from "../../call/contacts/vcard.js";
import { InvalidSettingsError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { systemCodeOf } from "../../call/text/system-code.js";
import type { Setting } from "../settings/settings.js";
import type { ContactEntry } from "./contact-entry.js";
import { readCsv } from "./read-csv.js";

const MOST_BYTES = 50_000_000;

/** @throws InvalidSettingsError if the file can't be read, or is neither vCard nor a table of contacts */
export function readContactsFile({ value: path, from }: Setting): ContactEntry[] {
  const origin = printable(basename(path));
  const text = decoded(bytesOf(path, from));
  const entries = isVcard(text) ? entriesOfCards(text, origin) : readCsv(text, origin);
  if (entries !== undefined) return entries;
  const message = `"${printable(path)}" is neither a vCard nor a table whose first line names a column for names and one for numbers.`;
  throw unusable(
    from,
    message,
    "Export your contacts as vCard (.vcf), or write the first line as: Name;Phone",
  );
}

/** One for each number. */
function entriesOfCards(text: string, origin: string): ContactEntry[] {
  return readVcards(text).flatMap(({ name, organization, numbers }) =>
    numbers.map(({ number, kind }) => ({ name, organization, number, kind, origin })),
  );
}

function bytesOf(path: string, from: string): Buffer {
  let file: number | undefined;
  try {
    // A pipe in its place must not make us wait.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    if (stat.isFile() && stat.size <= MOST_BYTES) return readFileSync(file);
    const message = stat.isFile() ? "is larger than 50 MB" : "isn't a file";
    throw unusable(from, `"${printable(path)}" ${message}.`, "Give a file with contacts, vCard or CSV.");
  } catch (error) {
    if (error instanceof InvalidSettingsError) throw error;
    const message = `"${printable(path)}" can't be read (${systemCodeOf(error) ?? "unknown reason"}).`;
    throw unusable(from, message, "Check the path and the rights of the file.");
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** UTF-8, UTF-16 if it says so, else the encoding that German spreadsheets still write. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function unusable(field: string, message: string, remedy: string): InvalidSettingsError {
  return new InvalidSettingsError([{ field, code: "invalid", message, remedy }]);
}
