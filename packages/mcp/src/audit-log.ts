// What the tools did, for a person to read: one JSON object for each step.
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { codeOf, digest, isObject } from "./files/private-files.js";
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
  /** @throws if it can't be written: then nothing may be done */
  write(step: AuditStep): void;
  /** Notes what has happened. Never throws: it can't be undone, and has to be told all the same. */
  note(step: AuditStep): void;
}

/** What became of calls is kept apart: no number of plans, questions and refusals pushes it out of the log. */
const OF_CALLS: readonly AuditStep["step"][] = ["placing", "placed", "unknown", "ended"];
const CALLS = "calls";
const OTHERS = "log";
const LARGEST = 1_000_000;

export function createAuditLog(folder: string): AuditLog {
  const write = (step: AuditStep) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const name = OF_CALLS.includes(step.step) ? CALLS : OTHERS;
    if (sizeOf(newest(folder, name)) > LARGEST) makeOlder(folder, name);
    // Nothing is placed unless both files can be written.
    if (step.step === "placing") appendFileSync(newest(folder, OTHERS), "", { mode: 0o600 });
    const line = JSON.stringify({ at: new Date().toISOString(), ...step });
    appendFileSync(newest(folder, name), `${line}\n`, { mode: 0o600 });
  };
  return {
    write,
    note(step) {
      try {
        write(step);
      } catch {
        // Such as on a full disk.
      }
    },
  };
}

const newest = (folder: string, name: string) => join(folder, `${name}.jsonl`);
const older = (folder: string, name: string) => join(folder, `${name}.1.jsonl`);

/** Another process may just have done so: then what is moved is its new file, which goes back. */
function makeOlder(folder: string, name: string): void {
  const moved = join(folder, `${name}.${process.pid}.jsonl`);
  try {
    renameSync(newest(folder, name), moved);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (sizeOf(moved) > LARGEST) renameSync(moved, older(folder, name));
  else {
    appendFileSync(newest(folder, name), readFileSync(moved), { mode: 0o600 });
    rmSync(moved);
  }
}

export function planName(token: string): string {
  return digest(token).slice(0, 8);
}

/** All lines of a log, oldest first. One that can't be read stays beside the one before it. */
export function readAuditLog(folder: string): string[] {
  const [others = [], calls = []] = [OTHERS, CALLS].map((name) => {
    let at = "";
    return [older(folder, name), newest(folder, name)].flatMap(linesOf).map((line) => {
      at = parse(line)?.at ?? at;
      return { at, line };
    });
  });
  return [...others, ...calls]
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
    .map(({ line }) => line);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
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

type Entry = AuditStep & { readonly at: string };

/** Undefined for a line that is no entry, or was cut off, as by a full disk: the others must stay readable. */
function parse(line: string): Entry | undefined {
  try {
    const content: unknown = JSON.parse(line);
    return isEntry(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(content: unknown): content is Entry {
  return (
    isObject(content) && [content.at, content.step, content.what].every((text) => typeof text === "string")
  );
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
