// Made by scripts/build/open-browser.mjs from packages/call/src/cli/open-browser.ts.
import { spawn } from "node:child_process";

/**
 * Asks the system to open an address in the person's browser. No shell sees the address, and the browser gets none of our
 * settings. Whether it worked isn't known.
 *
 * @param onFailure is called if the program can't be started
 * @returns false if there is no screen
 */
export function openBrowser(url: string, onFailure: () => void = () => {}): boolean {
  const opener = openerFor(process.platform);
  if (opener === undefined) return false;
  const [program, ...args] = opener;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("SIPGATE_")),
  );
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true, env });
  child.on("error", onFailure);
  child.unref();
  return true;
}

/** `BROWSER` names a program by its path, as on many Linux systems. */
function openerFor(platform: NodeJS.Platform): readonly [string, ...string[]] | undefined {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  const { BROWSER, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (BROWSER) return [BROWSER];
  return DISPLAY || WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}
