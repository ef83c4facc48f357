import { execFile } from "node:child_process";
import { basename, dirname, resolve } from "node:path";

/** Whether git would commit a file. Only git knows all the places that say what to ignore. */
export function wouldBeCommitted(name: string): Promise<boolean> {
  const path = resolve(name);
  return new Promise((done) => {
    execFile("git", ["check-ignore", "-q", "--", basename(path)], { cwd: dirname(path) }, (error) =>
      // 1: not ignored. Anything else: ignored, no repository, or no git.
      done(error !== null && error.code === 1),
    );
  });
}
