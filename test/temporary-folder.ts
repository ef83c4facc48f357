// One temporary folder for a whole run of the tests, gone afterwards with all that tests and their programs left in it.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "sipgate-call-tests-"));
  chmodSync(folder, 0o755); // Some tests run programs as another user.
  process.env.TMPDIR = folder;
  process.env.TEMP = folder; // The same on Windows.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
