import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InvalidSettingsError } from "../../call/errors.js";
import { systemCodeOf } from "../../call/text/system-code.js";
import { bytesOfFile } from "../../files/plain-file.js";
import { unreadable } from "../settings/env-file.js";

/** The text of a file; undefined if there is none. @throws InvalidSettingsError if it couldn't be written */
export function readForChange(name: string): string | undefined {
  try {
    const text = existsSync(name) ? bytesOfFile(name).toString("utf8") : undefined;
    accessSync(dirname(target(name)), constants.W_OK); // Before anybody types answers in vain.
    return text;
  } catch (error) {
    if (existsSync(name) && systemCodeOf(error) !== "EACCES")
      throw new InvalidSettingsError([unreadable(name, systemCodeOf(error))]);
    throw unwritable(name, error);
  }
}

/** Writes a file that only its owner may read: all of it, or nothing. @throws InvalidSettingsError */
export function writePrivately(name: string, text: string): void {
  const path = target(name);
  // In the same folder, because a file can only be renamed within a file system.
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw unwritable(name, error);
  }
}

/** The target of a link: the link itself stays. */
function target(name: string): string {
  return existsSync(name) ? realpathSync(name) : resolve(name);
}

function unwritable(name: string, error: unknown): InvalidSettingsError {
  return new InvalidSettingsError([
    {
      field: name,
      code: "unwritable",
      message: `It can't be written (${systemCodeOf(error)}).`,
      remedy: "Name a file that you may write: --env FILE.",
    },
  ]);
}
