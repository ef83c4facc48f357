// Sets programs up to use the tools. Shows what would change, and changes it if a person says yes.
import { existsSync, mkdirSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { homeFolder } from "../files/folders.js";
import { type Change, changeFor, ENTRY, modeOf, type Start } from "./change.js";
import { type Program, programs } from "./programs.js";

export interface InstallOptions {
  /** The program that is meant; undefined: those that are found on this machine. */
  readonly program: string | undefined;
  /** Whether the person has said yes by an option. */
  readonly yes: boolean;
  readonly start: Start;
}

/** @returns the exit code */
export async function install({ program, yes, start }: InstallOptions): Promise<number> {
  const known = programs();
  const found = known.filter((one) => (program === undefined ? isHere(one) : one.name === program));
  if (found.length === 0) {
    const names = known.map(({ name }) => name).join(", ");
    print(
      program === undefined
        ? `No program was found. Name one: ${names}.`
        : `Unknown program. Known are: ${names}.`,
    );
    print(`For another one, add this server: ${JSON.stringify({ [ENTRY]: start })}`);
    return program === undefined ? 0 : 2;
  }
  let failed = false;
  for (const one of found) failed = !(await installIn(one, yes, start)) || failed;
  return failed ? 1 : 0;
}

/** Whether the program has settings on this machine, or a folder for them. */
function isHere({ file }: Program): boolean {
  return existsSync(file) || (dirname(file) !== homeFolder() && existsSync(dirname(file)));
}

/** @returns whether it's set up now, or the person didn't want it */
async function installIn(program: Program, yes: boolean, start: Start): Promise<boolean> {
  const { title, file } = program;
  print(`\n${title}: ${file}`);
  const change = changeOrReason(program, start);
  if (change === undefined) return false;
  if (change.after === change.before) {
    print("It's set up already.");
    return true;
  }
  print(change.before === undefined ? "The file would be new:" : "These lines would change:");
  for (const line of change.removed) print(`- ${line}`);
  for (const line of change.added) print(`+ ${line}`);
  if (!(yes || (await saysYes()))) {
    print("Nothing was changed. To change it without a question, add --yes.");
    return true;
  }
  // The program may have written to it while the person thought about it.
  const latest = changeOrReason(program, start);
  if (latest === undefined) return false;
  write(file, latest.after);
  print(`Done. Restart ${title}.`);
  return true;
}

/** Prints why, and returns undefined, if the file can't be changed. */
function changeOrReason(program: Program, start: Start): Change | undefined {
  try {
    return changeFor(program, start);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    print(`It's left as it is. ${reason} Add this server yourself: ${JSON.stringify({ [ENTRY]: start })}`);
    return undefined;
  }
}

async function saysYes(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Change it? [y/N] ");
  terminal.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

/** @param path may be a link, as collections of settings have it: then what it leads to is written */
function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = existsSync(path) ? realpathSync(path) : path;
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, text, { mode: modeOf(file) });
  renameSync(draft, file);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
