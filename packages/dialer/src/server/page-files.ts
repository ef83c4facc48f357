// The page's files, as the build made them: read once, and nothing else of the disk is served.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

const FILES: Readonly<Record<string, readonly [name: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/dialer.js": ["dialer.js", "text/javascript; charset=utf-8"],
  "/dialer.css": ["dialer.css", "text/css; charset=utf-8"],
  "/icon.svg": ["icon.svg", "image/svg+xml"],
};

export function readPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  return new Map(
    Object.entries(FILES).map(([path, [name, type]]) => [
      path,
      { type, body: readFileSync(join(folder, name)) },
    ]),
  );
}
