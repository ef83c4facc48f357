// Signing in by hand: the command line waits, and a scripted browser goes through the sandbox's pages.
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach } from "vitest";
import { strictSandbox } from "./support.js";
import { MAIN, newFolder, type Run, sipgateCall } from "./terminal.js";

/** The settings with which a sign-in at a sandbox works. */
export function loginEnv(sandbox: Sandbox, folder: string): Record<string, string> {
  return {
    XDG_CONFIG_HOME: folder,
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_LOGIN_URL: sandbox.loginUrl,
    SIPGATE_CLIENT_ID: sandbox.client.clientId,
    SIPGATE_CLIENT_SECRET: sandbox.client.clientSecret,
  };
}

export interface LoginScene {
  readonly sandbox: Sandbox;
  /** The user's folder for settings, empty at first. */
  readonly folder: string;
  readonly env: Record<string, string>;
  /** Runs the command line without settings but for `more`. */
  run(args: readonly string[], more?: Record<string, string>): Promise<Run>;
  /** The text of a stored sign-in. */
  profile(name?: string): string;
  /** The text of a file in the folder; empty if there is none. */
  readOr(name: string): string;
  /** How many requests the sandbox has got whose path ends like that. */
  asked(path: string): number;
}

/** A sandbox and a user's folder, new for each test of a file. */
export function loginScene(): LoginScene {
  let sandbox: Sandbox;
  let folder: string;
  let env: Record<string, string>;
  beforeEach(async () => {
    sandbox = await strictSandbox({ clock: "manual" });
    folder = newFolder();
    env = loginEnv(sandbox, folder);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await sandbox.close();
  });
  return {
    get sandbox() {
      return sandbox;
    },
    get folder() {
      return folder;
    },
    get env() {
      return env;
    },
    run: (args, more = {}) => sipgateCall(args, { folder, env: { XDG_CONFIG_HOME: folder, ...more } }),
    profile: (name = "default") =>
      readFileSync(join(folder, "sipgate-call", "profiles", `${name}.json`), "utf8"),
    readOr(name) {
      try {
        return readFileSync(join(folder, name), "utf8");
      } catch {
        return "";
      }
    },
    asked: (path) => sandbox.requests.filter((request) => request.path.endsWith(path)).length,
  };
}

export interface WaitingLogin {
  /** The address that it asks the user to open. */
  readonly url: string;
  /** Types a line, or pipes it in. */
  paste(line: string): void;
  /** As Ctrl-C does. */
  interrupt(): void;
  readonly done: Promise<Run>;
}

/** Starts `login` and waits until it has printed the address. What is typed for it stays open, as on a terminal. */
export async function startLogin(
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<WaitingLogin> {
  const child = spawn(process.execPath, ["--", MAIN, "login", ...args], {
    cwd: env.XDG_CONFIG_HOME,
    env: { PATH: process.env.PATH, ...env },
  });
  let out = "";
  let err = "";
  const done = new Promise<Run>((resolve) => child.on("close", (code) => resolve({ code, out, err })));
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /(http:[^\s"]+\/auth\?[^\s"]+)["\n]/.exec(err + out)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", (data) => {
      out += data;
      look();
    });
    child.stderr.on("data", (data) => {
      err += data;
      look();
    });
    void done.then((run) => reject(new Error(`it ended: ${JSON.stringify(run)}`)));
  });
  return {
    url,
    paste: (line) => void child.stdin.write(`${line}\n`),
    interrupt: () => void child.kill("SIGINT"),
    done,
  };
}

/** What a browser does that signs in and answers; @returns the address that it's sent back to */
export async function answerAt(
  url: string,
  sandbox: Sandbox,
  decision = "allow",
  name = "classic",
): Promise<URL> {
  const login = sandbox.logins.find((candidate) => candidate.name === name);
  const page = await fetch(url);
  const attempt = /name="attempt" value="([^"]+)"/.exec(await page.text())?.[1] ?? "";
  const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
  const realm = new URL(url).href.replace(/\/protocol\/.*/, "");
  const submit = (action: string, fields: Record<string, string>) =>
    fetch(`${realm}/login-actions/${action}`, {
      method: "POST",
      body: new URLSearchParams({ attempt, ...fields }),
      headers: { cookie },
      redirect: "manual",
    });
  const { username = "", password = "" } = login ?? {};
  await submit("authenticate", { username, password });
  const sentBack = (await submit("consent", { decision })).headers.get("location");
  if (sentBack === null) throw new Error("the browser wasn't sent back");
  return new URL(sentBack);
}

/** Signs in by pasting what the browser was sent to. */
export async function signIn(
  sandbox: Sandbox,
  env: Record<string, string>,
  args: readonly string[] = [],
  name = "classic",
): Promise<Run> {
  const login = await startLogin(env, ["--no-browser", ...args]);
  login.paste((await answerAt(login.url, sandbox, "allow", name)).href);
  return login.done;
}

/** The names of the sign-ins that are stored below a folder. */
export function storedIn(folder: string): string[] {
  const profiles = join(folder, "sipgate-call", "profiles");
  mkdirSync(profiles, { recursive: true, mode: 0o700 });
  return readdirSync(profiles).filter((file) => !/\.turn-\d+$/.test(file));
}
