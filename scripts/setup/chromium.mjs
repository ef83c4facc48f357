// Where a Chromium that the tests can drive is found: the one that CHROMIUM names, or else the system's own.
import { existsSync } from "node:fs";

const SYSTEM_PATHS = {
  linux: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  darwin: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/** @returns {string | undefined} the program's path, if there is one */
export function findChromium() {
  const named = process.env.CHROMIUM;
  const paths = named === undefined ? (SYSTEM_PATHS[process.platform] ?? []) : [named];
  return paths.find((path) => existsSync(path));
}
