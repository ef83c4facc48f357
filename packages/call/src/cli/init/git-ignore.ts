import { execFile } from "node:child_process";
import { basename, dirname, resolve } from "node:path";

/** Whether a file would get into a commit: git alone knows all the places where it can be told what to ignore. */
export function wouldBeCommitted(name: string): Promise<boolean> {
  const path = resolve(name);
  return new Promise((done) => {
    execFile("git", ["check-ignore", "-q", "--", basename(path)], { cwd: dirname(path) }, (error) =>
      // 1: not ignored. Anything else: ignored, no repository, or no git.
      done(error !== null && error.code === 1),
    );
  });
}
