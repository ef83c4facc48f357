// What the sources import, read from their text: values, types, and what is loaded when it's needed.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseAst } from "rolldown/parseAst";

/**
 * `static`: loaded along with the file. `type`: gone once it's compiled. `lazy`: loaded by `import()`. `type-expression`:
 * a type written as `import("…")`, which the linter doesn't see.
 */
export type ImportKind = "static" | "type" | "lazy" | "type-expression";

export interface Import {
  /** What the code says, e.g. `../errors.js`. */
  readonly specifier: string;
  readonly kind: ImportKind;
}

/** The imports of each file, by its path. */
export type ImportGraph = ReadonlyMap<string, readonly Import[]>;

/** @param sources text by path, e.g. `call/errors.ts` */
export function importsOf(sources: Readonly<Record<string, string>>): ImportGraph {
  return new Map(
    Object.entries(sources).map(([file, code]) => [file, importsIn(code, file.endsWith("x") ? "tsx" : "ts")]),
  );
}

/** @param folder with a slash at its end; all TypeScript below it is read */
export function importsBelow(folder: string): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  return importsOf(
    Object.fromEntries(
      files.map((file) => [file.replaceAll("\\", "/"), readFileSync(folder + file, "utf8")]),
    ),
  );
}

/** Files that import each other in a circle, the first one again at the end; undefined if there is none. */
export function circleIn(graph: ImportGraph): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { specifier } of graph.get(file) ?? []) {
      if (!specifier.startsWith(".")) continue;
      const compiled = posix.join(posix.dirname(file), specifier);
      const withTags = compiled.replace(/\.js$/, ".tsx");
      const imported = graph.has(withTags) ? withTags : compiled.replace(/\.js$/, ".ts");
      const circle = visit(imported, [...path, file]);
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

function importsIn(code: string, lang: "ts" | "tsx"): Import[] {
  const found: Import[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) visit(child);
    if (!isNode(node)) return;
    const kind = kindOf(node);
    if (kind !== undefined && isNode(node.source)) found.push({ specifier: String(node.source.value), kind });
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(code, { lang }));
  return found;
}

function kindOf({ type, importKind, exportKind }: Readonly<Record<string, unknown>>): ImportKind | undefined {
  if (type === "ImportExpression") return "lazy";
  if (type === "TSImportType") return "type-expression";
  const isDeclaration =
    type === "ImportDeclaration" || type === "ExportNamedDeclaration" || type === "ExportAllDeclaration";
  if (!isDeclaration) return undefined;
  return importKind === "type" || exportKind === "type" ? "type" : "static";
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
