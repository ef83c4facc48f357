// What the browser is given: a private file that sends it on to the page. The arguments of a program are seen by all users of
// a machine, so the page's secret is in none.
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface OpenerFile {
  readonly url: string;
  remove(): void;
}

export function writeOpenerFile(folder: string, address: string): OpenerFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${randomUUID()}.html`);
  const page = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>sipgate-call</title><meta http-equiv="refresh" content="0;url=${address}">`;
  writeFileSync(file, `${page}\n`, { mode: 0o600, flag: "wx" });
  return { url: pathToFileURL(file).href, remove: () => rmSync(file, { force: true }) };
}
