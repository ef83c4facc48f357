// The documents of the repository and their code blocks.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface CodeBlock {
  /** File and line, as an editor opens it. */
  readonly where: string;
  readonly language: string;
  readonly text: string;
}

/** Files that git knows, relative to the root. */
export function trackedFiles(pattern: RegExp): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return listed.split("\n").filter((file) => file !== "" && pattern.test(file));
}

export const read = (file: string): string => readFileSync(ROOT + file, "utf8");

/** Every code block of the documents, but for those of the change log, which tells of the past. */
export function codeBlocks(): CodeBlock[] {
  const files = trackedFiles(/\.md$/).filter((file) => file !== "CHANGELOG.md");
  return files.flatMap((file) => {
    const text = read(file);
    return [...text.matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)].map((match) => ({
      where: `${file}:${text.slice(0, match.index).split("\n").length}`,
      language: match[2] ?? "",
      text: (match[3] ?? "").replaceAll(new RegExp(`^${match[1]}`, "gm"), ""),
    }));
  });
}
