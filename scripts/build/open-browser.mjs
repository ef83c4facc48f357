// sipgate-call, the tools for agents and the dialer open a browser in the same way. It has nothing to do with calls, so it's no
// part of the library's public surface: the others get a copy of the one source.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

export function writeOpenBrowser(source, file) {
  const text = `// Made by scripts/build/open-browser.mjs from packages/call/src/cli/open-browser.ts.\n${readFileSync(source, "utf8")}`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
