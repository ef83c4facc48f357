// Runs the command line as a user would: its own process, an empty folder, nothing in the environment.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../dist/cli/main.cjs", import.meta.url));

/**
 * What the command line notes for later goes into folders below, one for each run unless it's named. The user's own stays untouched, and no run takes another for a double click.
 */
const STATES = newFolder();
process.on("exit", () => rmSync(STATES, { recursive: true, force: true }));
export const freshState = () => mkdtempSync(join(STATES, "state-"));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the folder it runs in, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The folder to run in, which stays; else one that's made and removed. */
  readonly folder?: string;
  /** What is piped in. */
  readonly stdin?: string;
  /** A copy of the program to run. */
  readonly main?: string;
  /** Sends it an interrupt, as Ctrl-C does. */
  readonly interrupt?: AbortSignal;
}

export async function sipgateCall(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const folder = options.folder ?? newFolder();
  for (const [name, text] of Object.entries(options.files ?? {}))
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  try {
    return await run(args, folder, options);
  } finally {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "sipgate-call-"));
}

function run(
  args: readonly string[],
  cwd: string,
  { env = {}, main = MAIN, stdin, interrupt }: RunOptions,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--", main, ...args], {
      cwd,
      // Nobody is signed in there.
      env: { PATH: process.env.PATH, XDG_STATE_HOME: freshState(), XDG_CONFIG_HOME: cwd, ...env },
      stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      // One that never ends fails its test, and must not live on and take the machine's memory.
      signal: AbortSignal.timeout(60_000),
      killSignal: "SIGKILL",
    });
    child.stdin?.on("error", () => {}); // It may end before it has read everything.
    child.stdin?.end(stdin);
    let out = "";
    let err = "";
    child.stdout?.on("data", (data) => {
      out += data;
    });
    child.stderr?.on("data", (data) => {
      err += data;
    });
    interrupt?.addEventListener("abort", () => child.kill("SIGINT"), { once: true });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

/** The command line as a shell takes it, wherever the clone is and whatever the arguments hold. */
export const shellCommand = (args: readonly string[]) =>
  [process.execPath, "--", MAIN, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");

/** What a user waits for on the terminal, and then types. */
export type Step = readonly [shown: string, keys: string];

/**
 * Talks to the command line in a terminal of its own, by the system's `script`. What each step waits for has to come
 * after what the one before it waited for.
 *
 * @returns all that the terminal has shown, and the exit code
 */
export function converse(
  args: readonly string[],
  steps: readonly Step[],
  { env = {}, folder }: RunOptions,
): Promise<{ readonly code: number | null; readonly shown: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("script", ["-qec", shellCommand(args), "/dev/null"], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        XDG_STATE_HOME: freshState(),
        XDG_CONFIG_HOME: folder,
        TERM: "xterm",
        ...env,
      },
      signal: AbortSignal.timeout(20_000), // It would wait for ever for keys that never come.
    });
    const left = [...steps];
    let shown = "";
    let seen = 0;
    const proceed = () => {
      const [next] = left;
      const at = next === undefined ? -1 : shown.indexOf(next[0], seen);
      if (next === undefined || at < 0) return;
      left.shift();
      // Without a key, what comes next may have come along.
      seen = next[1] === "" ? at + next[0].length : shown.length;
      child.stdin.write(next[1]);
      if (next[1] === "") proceed();
    };
    child.stdout.on("data", (data) => {
      shown += data;
      proceed();
    });
    child.on("error", () => reject(new Error(`Still waiting for ${left[0]?.[0]} after:\n${shown}`)));
    child.on("close", (code) => resolve({ code, shown }));
  });
}
