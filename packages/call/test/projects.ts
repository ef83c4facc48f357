// Small projects as users have them, each set up as its tool does it by default.
import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly out: string;
}

/** Sets the global of `PROGRAM`. */
const PRELOAD = "data:text/javascript,globalThis.env = process.env";

/** Runs a program of Node's in a folder. */
export function run(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", PRELOAD, ...args], {
      cwd,
      env: { ...process.env, ...env },
    });
    let out = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      out += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out }));
  });
}

/** A folder beside the installed packages with these files. */
export function projectOf(
  parent: string,
  name: string,
  files: Readonly<Record<string, string | object>>,
): string {
  const folder = join(parent, name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

/** Types of Node for the projects that have them. */
export function installNodeTypes(parent: string): void {
  mkdirSync(join(parent, "node_modules/@types"), { recursive: true });
  for (const name of ["@types/node", "undici-types"])
    symlinkSync(join(root, "node_modules", name), join(parent, "node_modules", name));
}

/** TypeScript of this year, and the last one that knows `moduleResolution: node`. */
export const compiler = (version: 5 | 7): string =>
  join(root, "node_modules", version === 7 ? "typescript" : "typescript-5", "bin/tsc");

/** A program in TypeScript that uses what is public, and places a call. It finds the sandbox in a global `env`. */
export const PROGRAM = `
import { type Call, type Client, type ClientOptions, createClient, isCallError, type NewCall, type Problem, readPhoneNumber } from "sipgate-call";
declare const env: Record<"BASE_URL" | "TOKEN_ID" | "TOKEN", string>;
const options: ClientOptions = { credentials: { tokenId: env.TOKEN_ID, token: env.TOKEN }, baseUrl: env.BASE_URL, timeoutMs: 5_000 };
const client: Client = createClient(options);
async function main(): Promise<void> {
  const number = await readPhoneNumber("+44 20 7946 0000");
  if (!number.ok) throw new Error(number.message);
  try {
    const placed: NewCall = await client.place({ caller: "e0", callee: "+493023125000" });
    const again: Call = client.call(placed.callId, { channelId: placed.channelId });
    const handler = await client.createPushHandler({ url: "https://www.example.com/" });
    const answer = await handler.handle({ headers: new Headers(), body: new Uint8Array() });
    console.log(again.callId === placed.callId, answer.status);
    await client.place({ caller: "e0", callee: "112" });
  } catch (error) {
    if (!isCallError(error) || error.code !== "invalid-request") throw error;
    const problems: readonly Problem[] = error.problems;
    console.log(problems.map(({ code }) => code).join());
  }
}
void main();
`;

/** The same for what there is in Node alone. */
export const NODE_PROGRAM = `${PROGRAM}
import { openProfile } from "sipgate-call";
openProfile("nobody").catch((error: unknown) => console.log(isCallError(error) && error.code));
`;
