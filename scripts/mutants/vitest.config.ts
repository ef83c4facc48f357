// The tests against the sources instead of what was built, since mutants are in the sources. Tests that start programs
// don't see them. Those that change the time zone aren't among them, which a thread can't.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { MUTANTS_TESTS = "" } = process.env;

export default defineConfig({
  root,
  define: { SIPGATE_CALL_VERSION: '"0.0.0"' },
  resolve: { alias: { "sipgate-call": `${root}packages/call/src/index.ts` } },
  test: { include: [`packages/call/test/(${MUTANTS_TESTS}).test.ts`], testTimeout: 30_000 },
});
