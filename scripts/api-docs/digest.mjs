import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const dist = new URL("../../packages/call/dist/", import.meta.url);

/** Of the published types and their comments, of which docs/api.md is made. */
export function digestOfTypes() {
  const hash = createHash("sha256");
  for (const file of ["index.d.cts", "index.d.ts", "index.web.d.ts"])
    hash.update(readFileSync(new URL(file, dist)));
  return hash.digest("hex").slice(0, 16);
}
