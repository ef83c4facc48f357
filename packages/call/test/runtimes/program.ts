import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Runtime } from "./runtimes.js";

const SCRIPT = fileURLToPath(new URL("place-all.mjs", import.meta.url));

/** A runtime that runs scripts, as Node does. @param build file of the library */
export function openProgram(
  name: string,
  [program = "", ...args]: readonly string[],
  build: string,
): Runtime {
  return {
    name,
    async place(servers) {
      const all = [...args, SCRIPT, build, JSON.stringify(servers)];
      const { stdout } = await promisify(execFile)(program, all, { timeout: 120_000 });
      return JSON.parse(stdout) as string[];
    },
    async close() {},
  };
}
