import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { circleIn, importsBelow } from "../../../test/import-graph.js";

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
