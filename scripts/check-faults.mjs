// Everything that goes wrong on the way to sipgate, and what comes of it: the tests' matrix, printed as a table.
// Needs what `npm run build` builds.
import { spawnSync } from "node:child_process";

const { status } = spawnSync("npx", ["vitest", "run", "packages/call/test/faults", "--reporter=dot"], {
  stdio: "inherit",
  env: { ...process.env, FAULT_TABLE: "1" },
});
process.exitCode = status ?? 1;
