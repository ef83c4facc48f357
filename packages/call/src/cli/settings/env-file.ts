// Reads a .env file, as any editor may have saved it.
import { readFileSync, statSync } from "node:fs";
import { parseEnv } from "node:util";
import { InvalidSettingsError, type Problem } from "../../call/errors.js";
import { closest } from "../../call/text/closest.js";
import { printable } from "../../call/text/printable.js";
import { systemCodeOf } from "../../call/text/system-code.js";
import { bytesOfFile } from "../../files/plain-file.js";

export interface EnvFile {
  /** Printable. */
  readonly name: string;
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Whether other users of the machine may read it. */
  readonly isExposed?: boolean;
  /** Why it couldn't be read, though it may exist. */
  readonly unreadable?: Problem;
}

/**
 * Reads the named file, else `.env` if it exists.
 *
 * @param names the names that may be set in it
 * @returns without values if `.env` wasn't named, and there is none or it can't be read
 * @throws InvalidSettingsError if the named one can't be read, or one sets a name in another language
 */
export function readEnvFile(path: string | undefined, names: readonly string[]): EnvFile {
  const name = printable(path ?? ".env");
  const bytes = path === undefined ? bytesOf(".env", bytesOfFile) : bytesOf(path, readFileSync);
  if (!Buffer.isBuffer(bytes)) {
    if (path !== undefined) throw new InvalidSettingsError([unreadable(name, bytes.code)]);
    const isMissing = bytes.code === "ENOENT";
    return { name, values: {}, ...(isMissing ? {} : { unreadable: unreadable(name, bytes.code) }) };
  }
  return { ...envFileFrom(name, decoded(bytes), names), isExposed: isExposed(path ?? ".env") };
}

/** Windows has no such bits; the ones it reports mean nothing. */
function isExposed(path: string): boolean {
  return process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0;
}

/**
 * Reads a text as such a file.
 *
 * @throws InvalidSettingsError as `readEnvFile`
 */
export function envFileFrom(name: string, text: string, names: readonly string[]): EnvFile {
  if (text.includes("\0")) {
    throw unusable(name, "It isn't UTF-8 text.", "Save it as UTF-8 in your editor.");
  }
  const { repaired, foreign } = withoutStrayLines(text, names);
  // The line isn't shown: it may hold a secret.
  if (foreign !== undefined)
    throw unusable(name, `Line ${foreign.line} ${foreign.why}.`, foreign.remedy ?? "Write NAME=value.");
  return { name, values: parseEnv(repaired) };
}

/**
 * The file, or the system's code for why it can't be read. A named file may be a pipe, as in `--env <(pass sipgate)`. One
 * that just lies there might never have a writer.
 */
function bytesOf(path: string, read: (path: string) => Buffer): Buffer | { readonly code: string } {
  try {
    return read(path);
  } catch (error) {
    return { code: systemCodeOf(error) };
  }
}

/** @param code of the system's error, such as `EACCES` */
export function unreadable(name: string, code: string): Problem {
  const message =
    code === "ENOENT" ? "There is no such file." : `It can't be read${code === "" ? "" : ` (${code})`}.`;
  const remedy = "Name the file with your settings: --env FILE.";
  return { field: name === "" ? "--env" : name, code: "unreadable", message, remedy };
}

/** Text without a byte order mark, which Node doesn't skip. Old Windows editors and shells write UTF-16. */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
  if (first === 0xff && second === 0xfe) return even.toString("utf16le");
  if (first === 0xfe && second === 0xff) return even.swap16().toString("utf16le");
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** A line that sets one of our names in another language. */
interface ForeignLine {
  readonly line: number;
  /** As the rest of a sentence. */
  readonly why: string;
  readonly remedy?: string;
}

const FOREIGN: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^\s*(?:export\s+)?(\w+)\s*:/, "has a colon instead of an equals sign"],
  [/^\s*setx?\s+"?(\w+)/i, 'begins with "set", which is for the command prompt of Windows'],
  [/^\s*\$env:(\w+)/i, 'begins with "$env:", which is for PowerShell'],
];

function foreignTo(entry: string, names: readonly string[]): Omit<ForeignLine, "line"> | undefined {
  const [, why] = FOREIGN.find(([pattern]) => names.includes(pattern.exec(entry)?.[1] ?? "")) ?? [];
  return why === undefined ? misnamed(entry, names) : { why };
}

const OURS = "SIPGATE_";

/** `sipgate_token=`, `SIPGATE_TOKENID=`. Names without that beginning may be another program's. */
function misnamed(entry: string, names: readonly string[]): Omit<ForeignLine, "line"> | undefined {
  const [, name = "", end = ""] = /^\s*(?:export\s+)?(sipgate_(\w+))\s*=/i.exec(entry) ?? [];
  if (name === "" || names.includes(name)) return undefined;
  const ends = names.filter((known) => known.startsWith(OURS)).map((known) => known.slice(OURS.length));
  const meant = ends.find((known) => known === end.toUpperCase()) ?? closest(end, ends);
  return meant === undefined
    ? undefined
    : { why: `sets ${printable(name)}, which is no setting`, remedy: `Did you mean ${OURS}${meant}?` };
}

/** On Node 20 a line without `=` breaks the line after it, so such lines are emptied. */
function withoutStrayLines(
  text: string,
  names: readonly string[],
): { repaired: string; foreign: ForeignLine | undefined } {
  let foreign: ForeignLine | undefined;
  let repaired = "";
  for (let start = 0; start < text.length; ) {
    const end = endOfLine(text, start);
    const endOfEntry = endOfQuoted(text, start, end) ?? end;
    const entry = text.slice(start, endOfEntry);
    const found = foreignTo(entry, names);
    if (found !== undefined) foreign ??= { line: text.slice(0, start).split("\n").length, ...found };
    if (entry.includes("=")) repaired += entry;
    start = endOfLine(text, endOfEntry);
    repaired += text.slice(endOfEntry, start) + text.slice(start, start + 1);
    start += 1;
  }
  return { repaired, foreign };
}

function endOfLine(text: string, from: number): number {
  const rest = /[^\r\n]*/y;
  rest.lastIndex = from;
  return from + (rest.exec(text)?.[0].length ?? 0);
}

/** Where the quoted value of the assignment on a line ends, maybe lines later. Undefined without a quoted value. */
function endOfQuoted(text: string, start: number, end: number): number | undefined {
  const [before, quote] = /^[^=#]*=[ \t]*(["'`])/.exec(text.slice(start, end)) ?? [];
  if (before === undefined || quote === undefined) return undefined;
  const closing = text.indexOf(quote, start + before.length);
  return closing === -1 ? undefined : closing + 1;
}

function unusable(field: string, message: string, remedy: string): InvalidSettingsError {
  return new InvalidSettingsError([{ field, code: "unreadable", message, remedy }]);
}
