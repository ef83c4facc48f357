import { defineConfig } from "vitest/config";

// With it, each start of Node 20 would read all certificates of the system, which takes 0.1 s. No test needs them.
delete process.env.NODE_EXTRA_CA_CERTS;

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: [
      "test/temporary-folder.ts",
      "test/shared-browser.ts",
      "packages/call-lists/test/shared-postgres.ts",
    ],
    testTimeout: 30_000,
    // Some start a database first.
    hookTimeout: 60_000,
    // What is waited for is there at once, unless others use the machine.
    expect: { poll: { timeout: 10_000 } },
    // Two cores are what CI has. Many tests wait for timers or for processes of their own, so a third keeps both busy.
    maxWorkers: 3,
  },
});
