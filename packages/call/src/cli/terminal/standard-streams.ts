// Writes to standard output and standard error, and remembers whether that failed: a script must not take what was lost
// for a success.
import { fstatSync, writeSync } from "node:fs";
import { systemCodeOf } from "../../call/text/system-code.js";

type StreamName = "stdout" | "stderr";

/** The system's code of the first error of each, such as `ENOSPC`. */
const failures: Partial<Record<StreamName, string>> = {};
const descriptors = { stdout: 1, stderr: 2 } as const;
const files: Partial<Record<StreamName, boolean>> = {};
const unfinished = new Set<Promise<void>>();

/** A reader that has seen enough, as in `| head`, is no error. A socket's may also show as a reset connection. */
const READER_IS_GONE = ["EPIPE", "ECONNRESET"];

/** Writes a result. If that fails, although somebody wants it, it goes to standard error: it may be the id of a call. */
export function writeOut(text: string): void {
  write("stdout", text);
}

/** Writes what isn't a result. */
export function writeErr(text: string): void {
  write("stderr", text);
}

/** False once nobody reads standard output any more, or it can't be written. */
export function takesMore(): boolean {
  return failures.stdout === undefined;
}

/** Waits for what is still being written. @returns the system's code of the first error, if any text was lost */
export async function lostOutput(): Promise<string | undefined> {
  await Promise.all(unfinished);
  return Object.values(failures).find((code) => !READER_IS_GONE.includes(code));
}

function write(name: StreamName, text: string): void {
  try {
    if (isFile(name)) writeWhole(descriptors[name], text);
    else writeToStream(name, text);
  } catch (error) {
    noteFailure(name, error, text);
  }
}

/** Node's own streams don't notice that a disk had room for a part only. */
function writeWhole(descriptor: number, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
}

function writeToStream(name: StreamName, text: string): void {
  const stream = process[name];
  if (stream.listenerCount("error") === 0) stream.on("error", () => {}); // Each write is told of its own error.
  const written = new Promise<void>((resolve) => {
    stream.write(text, (error) => {
      if (error) noteFailure(name, error, text);
      resolve();
    });
  });
  unfinished.add(written);
  void written.then(() => unfinished.delete(written));
}

function noteFailure(name: StreamName, error: unknown, text: string): void {
  failures[name] ??= systemCodeOf(error) || "unknown error";
  if (name === "stdout" && !READER_IS_GONE.includes(failures.stdout ?? "")) write("stderr", text);
}

function isFile(name: StreamName): boolean {
  files[name] ??= looksLikeFile(name);
  return files[name];
}

/** A file, or a device that isn't a terminal, such as /dev/null. */
function looksLikeFile(name: StreamName): boolean {
  const stat = fstatSync(descriptors[name]);
  return stat.isFile() || (stat.isCharacterDevice() && !process[name].isTTY);
}
