import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

/**
 * Asks the system to open a file in the user's browser. No shell sees its name, and the browser gets none of our
 * settings.
 *
 * @returns false if there is no screen
 */
export function openInBrowser(file: string): boolean {
  const opener = openerFor(process.platform);
  if (opener === undefined) return false;
  const [program, ...args] = opener;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("SIPGATE_")),
  );
  const child = spawn(program, [...args, pathToFileURL(file).href], { stdio: "ignore", detached: true, env });
  child.on("error", () => {
    process.stdout.write(`Open this file in your browser: ${file}\n`);
  });
  child.unref();
  return true;
}

function openerFor(platform: NodeJS.Platform): readonly [string, ...string[]] | undefined {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}
