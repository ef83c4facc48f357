import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/**
 * The bytes of a file. It may be a link to one, but not a pipe or a device, which could make this program wait for ever.
 *
 * @throws Error also if there is no such file
 */
export function bytesOfFile(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(file).isFile()) throw new NotAFile();
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** In the place of a file is something else. */
class NotAFile extends Error {
  readonly code = "not a file";
}
