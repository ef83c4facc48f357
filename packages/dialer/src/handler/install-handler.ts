// Makes the dialer what opens tel: links on this system, and takes that back. Nothing dials by itself: a link fills the
// number in.
import { spawnSync } from "node:child_process";
import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const DESKTOP_FILE = "sipgate-dialer.desktop";
const REGISTRY_KEY = String.raw`HKCU\Software\Classes\sipgate-dialer.tel`;

/** @returns what was done, as sentences */
export function installHandler(program: string): string {
  switch (process.platform) {
    case "linux":
      return installOnLinux(realpathSync(program));
    case "win32":
      return installOnWindows(realpathSync(program));
    default:
      return "This system takes no command as its handler. In the dialer's settings, let the browser open tel: links.";
  }
}

/** @returns what was done, as sentences */
export function uninstallHandler(): string {
  if (process.platform === "linux") {
    rmSync(desktopFile(), { force: true });
    return `${desktopFile()} is removed.`;
  }
  if (process.platform === "win32") {
    spawnSync("reg", ["delete", REGISTRY_KEY, "/f"], { stdio: "ignore" });
    return `${REGISTRY_KEY} is removed.`;
  }
  return "There is nothing to take back on this system.";
}

const desktopFile = () =>
  join(process.env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "applications", DESKTOP_FILE);

function installOnLinux(program: string): string {
  const file = desktopFile();
  mkdirSync(join(file, ".."), { recursive: true });
  const lines = [
    "[Desktop Entry]",
    "Type=Application",
    "Name=sipgate-dialer",
    `Exec=${quoted(process.execPath)} -- ${quoted(program)} %u`,
    "Terminal=true",
    "NoDisplay=true",
    "MimeType=x-scheme-handler/tel;x-scheme-handler/callto;",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const { status } = spawnSync("xdg-mime", ["default", DESKTOP_FILE, "x-scheme-handler/tel"]);
  return status === 0
    ? `${file} opens tel: links now. To take it back: sipgate-dialer --uninstall-handler`
    : `${file} is written. Choose it for tel: links in the system's settings: xdg-mime wasn't found, or refused.`;
}

/** As the Desktop Entry Specification asks for arguments with blanks and signs. */
const quoted = (argument: string) => `"${argument.replace(/["`$\\]/g, "\\$&").replaceAll("%", "%%")}"`;

function installOnWindows(program: string): string {
  const command = `"${process.execPath}" -- "${program}" "%1"`;
  const add = (key: string, ...value: string[]) =>
    spawnSync("reg", ["add", key, "/f", ...value], { stdio: "ignore" }).status === 0;
  const isDone =
    add(REGISTRY_KEY, "/v", "URL Protocol", "/d", "") &&
    add(String.raw`${REGISTRY_KEY}\shell\open\command`, "/ve", "/d", command);
  return isDone
    ? "Choose sipgate-dialer for tel: links under Settings, Apps, Default apps."
    : "The registry couldn't be changed.";
}
