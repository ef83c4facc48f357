import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { circleIn, importsBelow } from "../../../test/import-graph.js";
import { rulesBrokenBy, WAYS } from "../../../test/import-rows.js";

it("The sandbox's files import one another without a circle, types and lazy imports included", () => {
  const graph = importsBelow(fileURLToPath(new URL("../src/", import.meta.url)));
  expect(graph.get("index.ts")).toContainEqual({ specifier: "./create-sandbox.js", kind: "static" });
  for (const [file, imports] of graph)
    for (const { specifier } of imports.filter((one) => one.specifier.startsWith("."))) {
      const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");
      expect([file, path, graph.has(path)]).toEqual([file, path, true]);
    }
  expect(circleIn(graph)).toBeUndefined();
});

it("The linter refuses that the sandbox imports the client, which it checks", () => {
  const probes = ["sipgate-call", "sipgate-dialer", "sipgate-call-mcp", "../../call/src/index.js"].flatMap(
    (specifier, index) =>
      Object.values(WAYS).map(
        (write, way) => [`packages/sandbox/src/probe-${index}-${way}.ts`, write(specifier)] as const,
      ),
  );
  const broken = rulesBrokenBy(new Map(probes));
  for (const [file, code] of probes)
    expect([code, broken.get(file)]).toEqual([code, expect.arrayContaining(["noRestrictedImports"])]);
});
