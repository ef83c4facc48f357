// Runs the command line as a user would: its own process, an empty folder, nothing in the environment.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../dist/cli/main.cjs", import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the folder it runs in, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Sends it an interrupt, as Ctrl-C does. */
  readonly interrupt?: AbortSignal;
}

export async function sipgateCall(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "sipgate-call-"));
  for (const [name, text] of Object.entries(options.files ?? {})) writeFileSync(join(folder, name), text);
  try {
    return await run(args, folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[], cwd: string, { env = {}, interrupt }: RunOptions): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--", MAIN, ...args], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    interrupt?.addEventListener("abort", () => child.kill("SIGINT"), { once: true });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
