// The tests against the sources instead of what was built, since mutants are in the sources. Tests that start programs
// don't see them, and aren't run; neither are those that change the time zone, which a thread can't.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../", import.meta.url));
const NAMES =
  "call-request|clock|control|costly-numbers|follow|not-fooled|outcomes|phone-number|place|push|ring-timeout|search|wait";

export default defineConfig({
  root,
  define: { SIPGATE_CALL_VERSION: '"0.0.0"' },
  resolve: { alias: { "sipgate-call": `${root}packages/call/src/index.ts` } },
  test: { include: [`packages/call/test/(${NAMES}).test.ts`], testTimeout: 30_000 },
});
