// What the tools did, for a person to read: one JSON object for each step.
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { codeOf, digest } from "./files/private-files.js";
import { printable } from "./text.js";

export interface AuditStep {
  readonly step:
    | "planned"
    | "refused"
    | "asked"
    | "yes"
    | "no"
    | "placing"
    | "placed"
    | "failed"
    | "unknown"
    | "ended"
    | "done";
  /** What was planned or done, as a sentence. */
  readonly what: string;
  /** Of the program that used the tool. */
  readonly program?: string | undefined;
  /** Beginning of the digest of the plan's token. */
  readonly plan?: string | undefined;
  /** How the person was asked, why it was refused, or how it ended. */
  readonly detail?: string | undefined;
}

export interface AuditLog {
  /** @throws if it can't be written: then nothing may be placed */
  write(step: AuditStep): void;
}

const FILE = "log.jsonl";
const OLDER_FILE = "log.1.jsonl";
const LARGEST = 2_000_000;

export function createAuditLog(folder: string): AuditLog {
  const file = join(folder, FILE);
  return {
    write(step) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (sizeOf(file) > LARGEST) renameSync(file, join(folder, OLDER_FILE));
      const line = JSON.stringify({ at: new Date().toISOString(), ...step });
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    },
  };
}

export function planName(token: string): string {
  return digest(token).slice(0, 8);
}

/** All lines of a log, oldest first. */
export function readAuditLog(folder: string): string[] {
  return [OLDER_FILE, FILE].flatMap((name) => {
    try {
      return readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean);
    } catch (error) {
      if (codeOf(error) === "ENOENT") return [];
      throw error;
    }
  });
}

/** A line as a person reads it. */
export function inWords(line: string): string {
  const parsed = parse(line);
  if (parsed === undefined) return printable(line, line.length);
  const { at, step, what, program, plan, detail } = parsed;
  const by = [plan && `plan ${plan}`, program && `by ${program}`].filter(Boolean).join(", ");
  const text = `${at}  ${step.padEnd(8)}  ${what}${detail ? ` ${detail}` : ""}${by ? ` (${by})` : ""}`;
  return printable(text, text.length);
}

/** Undefined for a line that was cut off, as by a full disk: the others must stay readable. */
function parse(line: string): (AuditStep & { readonly at: string }) | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
