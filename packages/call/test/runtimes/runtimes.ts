// Every runtime that a test can place calls in.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "../../../../scripts/setup/chromium.mjs";
import { openChromium } from "./chromium.js";
import { openProgram } from "./program.js";
import { openWorkerd } from "./workerd.js";

/** Options for `createClient`; `acceptRepeatRisk` is added. */
export interface Server {
  readonly baseUrl: string;
  readonly credentials: object;
  readonly timeoutMs: number;
}

/** A runtime that is running. */
export interface Runtime {
  readonly name: string;
  /** Reads once at each server, then places one call. @returns what the program was told: `placed` */
  place(servers: readonly Server[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface RuntimeKind {
  readonly name: string;
  /** Whether nothing sends a call request again there. */
  readonly sendsOnce: boolean;
  readonly open: () => Promise<Runtime>;
}

export const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const BUILDS = ["index.js", "index.web.js"] as const;

/** Node, which runs the tests, and Chromium, which the set-up has installed. */
export function runtimesOfTheSuite(): RuntimeKind[] {
  const chromium = findChromium() ?? "";
  return [
    ...BUILDS.map((build) => program(`Node ${process.version.slice(1)}`, [process.execPath], build)),
    { name: "Chromium", sendsOnce: true, open: () => openChromium(chromium, false) },
    { name: "Chromium, risk accepted", sendsOnce: false, open: () => openChromium(chromium, true) },
  ];
}

/** @param folder where `npm install` has put them; those that aren't there are left out */
export function runtimesIn(folder: string): RuntimeKind[] {
  const at = (path: string) => join(folder, "node_modules", path);
  const kinds: RuntimeKind[] = [];
  for (const version of ["22", "24", "26"])
    if (existsSync(at(`node${version}/bin/node`)))
      kinds.push(
        ...BUILDS.map((build) => program(`Node ${version}`, [at(`node${version}/bin/node`)], build)),
      );
  if (existsSync(at(".bin/deno")))
    kinds.push(...BUILDS.map((build) => program("Deno", [at(".bin/deno"), "run", "-A", "--quiet"], build)));
  if (existsSync(at(".bin/bun")))
    kinds.push(...BUILDS.map((build) => program("Bun", [at(".bin/bun")], build)));
  if (existsSync(at(".bin/workerd")))
    kinds.push({ name: "workerd", sendsOnce: true, open: () => openWorkerd(at(".bin/workerd")) });
  return kinds;
}

function program(name: string, command: readonly string[], build: (typeof BUILDS)[number]): RuntimeKind {
  const full = build === "index.js" ? name : `${name}, fetch`;
  return { name: full, sendsOnce: true, open: async () => openProgram(full, command, join(DIST, build)) };
}
