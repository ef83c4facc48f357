import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));

type Graph = ReadonlyMap<string, readonly string[]>;

/** All relative imports of a file: static, lazy, of types, and re-exports. */
function importsOf(code: string): string[] {
  return [...code.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)].map(([, path = ""]) => path);
}

function importGraph(): Graph {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return new Map(
    files.map((file) => {
      const imports = importsOf(readFileSync(join(SRC, file), "utf8"));
      return [
        file,
        imports.map((path) => relative(SRC, join(SRC, file, "..", path.replace(/\.js$/, ".ts")))),
      ];
    }),
  );
}

/** The first circle of imports: a path that returns to its start. */
function circleIn(graph: Graph): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

it("Imports of every kind are found", () => {
  const code = `import { a } from "./a.js";
import type { B } from "../b.js";
export { c } from "./c.js";
export type * from "./d.js";
const e = await import("./e.js");
type F = import("./f.js").F;
import "./g.js";
import {
  h,
} from "./h.js";
import { createServer } from "node:http";`;
  expect(importsOf(code)).toEqual([
    "./a.js",
    "../b.js",
    "./c.js",
    "./d.js",
    "./e.js",
    "./f.js",
    "./g.js",
    "./h.js",
  ]);
});

it("A circle is found, however long it is", () => {
  const straight = new Map([
    ["a", ["b", "c"]],
    ["b", ["c"]],
    ["c", []],
  ]);
  expect(circleIn(straight)).toBeUndefined();
  expect(circleIn(new Map([...straight, ["c", ["d"]], ["d", ["b"]]]))).toEqual(["b", "c", "d", "b"]);
  expect(circleIn(new Map([["a", ["a"]]]))).toEqual(["a", "a"]);
});

it("The sandbox's files import one another without a circle, types and lazy imports included", () => {
  const graph = importGraph();
  expect(graph.get("index.ts")).toContain("create-sandbox.ts");
  for (const [file, imports] of graph)
    for (const path of imports) expect([file, graph.has(path)]).toEqual([file, true]);
  expect(circleIn(graph)).toBeUndefined();
});
