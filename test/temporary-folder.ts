// One temporary folder for a whole run of the tests, removed afterwards with all that tests and their programs left in it.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "sipgate-call-tests-"));
  chmodSync(folder, 0o755); // Some tests run programs as another user.
  process.env.TMPDIR = folder;
  process.env.TEMP = folder; // The same on Windows.
  // Where the library keeps keys and sign-ins: not where the user of this machine has theirs, who may have no home.
  process.env.XDG_STATE_HOME = join(folder, "state");
  process.env.XDG_CONFIG_HOME = join(folder, "config");
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
