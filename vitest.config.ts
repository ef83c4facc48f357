import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts"],
    testTimeout: 30_000,
    // Two cores are what CI has, and several tests start processes of their own.
    maxWorkers: 2,
  },
});
