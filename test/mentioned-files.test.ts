// Files that documents and comments mention exist: names go stale when files are renamed.
import { describe, expect, it } from "vitest";
import { read, trackedFiles } from "./documents.js";

/** A name, or a path or its end, such as `call/place/place-call.ts`. */
const MENTION = /(?<![\w./*~$@{}-])(?:\.{1,2}\/)*(?:[\w-]+\/)*[\w.-]+\.(?:ts|mjs|cjs|md|ya?ml|sh)(?![\w*-])/g;

/** A page of sipgate's documentation, what is built or installed, and what a user puts in. */
const ELSEWHERE = new Set(["rtcm.md", "dist/index.cjs", "path/to/sipgate-v2-openapi.yaml", "bench/.peers"]);

/** A path from the root, such as `packages/call/src/call`. */
const FOLDER = /(?<![\w./*~$@{}-])(?:packages|scripts|docs|bench|test|\.github)\/[\w./-]*\w/g;

const files = trackedFiles(/./);

function isThere(mention: string): boolean {
  const path = mention.replace(/^(?:\.{1,2}\/)+/, "");
  return files.some((file) => file === path || file.endsWith(`/${path}`) || file.startsWith(`${path}/`));
}

const missingIn = (text: string): string[] =>
  [MENTION, FOLDER]
    .flatMap((pattern) => text.match(pattern) ?? [])
    .filter((name) => !ELSEWHERE.has(name) && !isThere(name));

const withoutCodeBlocks = (text: string) => text.replaceAll(/^( *)```.*?^\1```$/gms, "");

const commentsOf = (text: string) => (text.match(/^\s*(?:\/\/|\/?\*).*$/gm) ?? []).join("\n");

describe("every file is there that is mentioned in", () => {
  it("a document", () => {
    const documents = trackedFiles(/\.md$/).filter((file) => file !== "CHANGELOG.md");
    const missing = documents.flatMap((file) =>
      missingIn(withoutCodeBlocks(read(file))).map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it("a comment", () => {
    const sources = trackedFiles(/\.(?:ts|mjs|cjs)$/);
    const missing = sources.flatMap((file) =>
      missingIn(commentsOf(read(file))).map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
