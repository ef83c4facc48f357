// Every TypeScript block of the documents and of the sandbox's docstrings is a program of its own: it type-checks, and it
// runs, letter for letter. docs/api.md has the docstrings of sipgate-call.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDatabases, type TestDatabases } from "../packages/call-lists/test/database.js";
import { docstringExamples } from "./declarations.js";
import { codeBlocks, ROOT } from "./documents.js";

const examples = [...codeBlocks(), ...docstringExamples("packages/sandbox/dist/index.d.cts")]
  .filter(({ language }) => language === "ts")
  .map((block, index) => ({ ...block, file: `example-${index}.mts` }));
/** Programs that serve until they are stopped, known by what they call. */
const isServer = (text: string) => text.includes(".listen(");

let project: string;
let sandbox: Sandbox;
let passing: NodeJS.Timeout;
let databases: TestDatabases;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "sipgate-call-examples-"));
  symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
  for (const { file, text } of examples) writeFileSync(join(project, file), text);
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        module: "nodenext",
        target: "es2023",
        strict: true,
        noEmit: true,
        types: ["node"],
        skipLibCheck: true,
      },
    }),
  );
  // The same package, whose clients ask the sandbox: examples name neither an address nor real credentials.
  mkdirSync(join(project, "shim"));
  writeFileSync(
    join(project, "shim/index.mjs"),
    `export * from "sipgate-call";
     import { createClient as create } from "sipgate-call";
     const { SANDBOX_URL: baseUrl, SANDBOX_TOKEN_ID: tokenId, SANDBOX_TOKEN: token } = process.env;
     export const createClient = (options) =>
       create(options.baseUrl === undefined ? { ...options, baseUrl, credentials: { tokenId, token } } : options);`,
  );
  writeFileSync(
    join(project, "shim/hooks.mjs"),
    `export const resolve = (name, context, next) =>
       name === "sipgate-call" && context.parentURL?.includes("example-")
         ? { url: new URL("index.mjs", import.meta.url).href, shortCircuit: true }
         : next(name, context);`,
  );
  writeFileSync(
    join(project, "shim/register.mjs"),
    `import { register } from "node:module"; register("./hooks.mjs", import.meta.url);`,
  );
  sandbox = await createSandbox({ clock: "manual", strict: true });
  databases = await startDatabases();
  // A second each 20 ms: calls ring, are answered and end while an example follows them.
  passing = setInterval(() => void sandbox.clock.advance(1_000), 20);
});
afterAll(async () => {
  clearInterval(passing);
  await sandbox.close();
  await databases.close();
  rmSync(project, { recursive: true });
});

it("There are examples in the README and in the documents", () => {
  const files = new Set(examples.map(({ where }) => where.replace(/:\d+$/, "")));
  expect([...files]).toEqual(expect.arrayContaining(["README.md", "docs/push.md", "docs/sandbox.md"]));
  expect([...files].some((file) => file.startsWith("packages/sandbox/"))).toBe(true);
});

it("All type-check", () => {
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
  const places = Object.fromEntries(examples.map(({ file, where }) => [file, where]));
  expect(stdout.replace(/example-\d+\.mts/g, (file) => places[file] ?? file)).toBe("");
});

describe("Each runs to its end", () => {
  it.concurrent.each(examples)("$where", async ({ file, text }) => {
    const { code, err, out } = await run(file, isServer(text));
    expect({ code, err }).toEqual({ code: isServer(text) ? null : 0, err: "" });
    if (text.includes("console.log(")) expect(out).not.toBe("");
  });
});

/** @param stop as soon as it has printed what it has to print */
async function run(file: string, stop: boolean): Promise<{ code: number | null; out: string; err: string }> {
  const script = join(project, file.replace(".mts", ".mjs"));
  const { transformSync } = await import("rolldown/utils");
  const source = examples.find((example) => example.file === file)?.text ?? "";
  writeFileSync(script, transformSync(file.replace(".mts", ".ts"), source, { lang: "ts" }).code);
  const { tokenId = "", token } = sandbox.classic;
  const child = spawn(process.execPath, ["--import", join(project, "shim/register.mjs"), script], {
    env: {
      PATH: process.env.PATH,
      XDG_STATE_HOME: project,
      SANDBOX_URL: sandbox.baseUrl,
      SANDBOX_TOKEN_ID: tokenId,
      SANDBOX_TOKEN: token,
      SIPGATE_DATABASE_URL: databases.newDatabase(),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => {
    out += data;
    if (stop && out.includes("ended")) child.kill();
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}
