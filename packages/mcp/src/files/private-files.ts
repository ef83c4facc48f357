// Files that only their user can read, and that exist whole or not at all. Any number of processes use the same ones.
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { nodeCrypto } from "./node-crypto.js";

/**
 * Creates a file that survives a crash of the machine.
 *
 * @returns false if it exists already: of any number of processes, one gets `true`
 */
export function createOnce(folder: string, name: string, content: unknown): boolean {
  const draft = writeDraft(folder, content);
  try {
    linkSync(draft, join(folder, name));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

export function replaceFile(folder: string, name: string, content: unknown): void {
  renameSync(writeDraft(folder, content), join(folder, name));
}

/** What is read of a file that isn't JSON, or that can't be read. */
const DAMAGED = Symbol("damaged");

/** The content of a JSON file, which the caller checks; undefined if there is none. */
export function readJson(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, name), "utf8"));
  } catch (error) {
    return codeOf(error) === "ENOENT" ? undefined : DAMAGED;
  }
}

/** Whether a file was last written so long ago; false if there is none. */
export function isOlder(folder: string, name: string, milliseconds: number): boolean {
  const stats = statSync(join(folder, name), { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs >= milliseconds;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names of the folder's JSON files. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

export function remove(folder: string, name: string): void {
  rmSync(join(folder, name), { force: true, recursive: true });
}

/** A name for a file that doesn't tell what it stands for. */
export function digest(text: string): string {
  return nodeCrypto().createHash("sha256").update(text).digest("hex");
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function writeDraft(folder: string, content: unknown): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${nodeCrypto().randomUUID()}.draft`);
  const file = openSync(path, "wx", 0o600);
  try {
    writeSync(file, JSON.stringify(content));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return path;
}
