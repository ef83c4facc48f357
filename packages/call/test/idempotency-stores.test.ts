import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
// Not public: the default in Node.
import { createIdempotencyFiles } from "../src/files/idempotency-files.js";
import { describeIdempotencyStore, describeUntrustedStores } from "./idempotency-store-conformance.js";
import { createMemoryStore } from "./memory-store.js";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describeIdempotencyStore("files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sipgate-call-store-"));
  folders.push(folder);
  return [createIdempotencyFiles(join(folder, "calls")), createIdempotencyFiles(join(folder, "calls"))];
});

describeIdempotencyStore("memory", async () => {
  const store = createMemoryStore();
  return [store, store];
});

describeUntrustedStores(createMemoryStore);
