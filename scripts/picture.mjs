// Makes docs/call.svg: a followed call in the embedded sandbox, as a terminal of 80 columns shows it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { screenOf } from "./picture/screen.mjs";
import { svgOf } from "./picture/svg.mjs";

const COLUMNS = 80;
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sipgate-call-picture-"));
try {
  const command = `stty cols ${COLUMNS} rows 30; ${process.execPath} -- ${join(ROOT, "packages/call/dist/cli/main.cjs")}`;
  const bytes = execFileSync("script", ["-qec", command, "/dev/null"], {
    cwd: folder,
    // As in a clone, and with nobody's settings.
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TERM: "xterm-256color",
      npm_command: "start",
      XDG_STATE_HOME: folder,
      XDG_CONFIG_HOME: folder,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const screen = [[{ text: "$ npm start", bold: true }], ...screenOf(bytes.toString("utf8"))];
  writeFileSync(join(ROOT, "docs/call.svg"), svgOf(screen, COLUMNS));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
