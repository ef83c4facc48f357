// What a package publishes, declaration by declaration, with its docstrings.
import ts from "typescript-5";
import { type CodeBlock, read } from "./documents.js";

export interface Declared {
  /** E.g. `Client` or `Client.place`. */
  readonly name: string;
  /** The docstring, without its stars; empty if there is none. */
  readonly text: string;
  /** That of the interface or class that it's a member of. */
  readonly containerText: string;
  readonly isMethod: boolean;
  readonly isOptional: boolean;
  /** Types that it takes. */
  readonly parameterTypes: readonly string[];
}

/** Everything that the declarations of an entry point export, members and what they inherit included. */
export function declarationsOf(file: string): Declared[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const byName = new Map(source.statements.flatMap((statement) => namedBy(statement)));
  return [...exportedNames(source)].flatMap((name) => {
    const node = byName.get(name);
    if (node === undefined) throw new Error(`${file} exports ${name} and doesn't declare it.`);
    return [declared(name, node, ""), ...membersOf(name, node, byName)];
  });
}

/** The examples in the docstrings of an entry point. */
export function docstringExamples(file: string): CodeBlock[] {
  return declarationsOf(file).flatMap(({ name, text }) =>
    [...text.matchAll(/^```ts\n(.*?)^```/gms)].map((match) => ({
      where: `${file}: ${name}`,
      language: "ts",
      text: match[1] ?? "",
    })),
  );
}

function namedBy(statement: ts.Statement): [string, ts.Declaration][] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map((each) => [each.name.getText(), each]);
  const isNamed =
    ts.isInterfaceDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement);
  return isNamed && statement.name !== undefined ? [[statement.name.text, statement]] : [];
}

function exportedNames(source: ts.SourceFile): Set<string> {
  const clauses = source.statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause }) =>
      exportClause !== undefined && ts.isNamedExports(exportClause) ? [...exportClause.elements] : [],
    );
  return new Set(clauses.map(({ name, propertyName }) => (propertyName ?? name).getText()));
}

/** Own members, and those of what it extends if that isn't exported itself. */
function membersOf(name: string, node: ts.Declaration, byName: Map<string, ts.Declaration>): Declared[] {
  if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return [];
  const own = [...node.members].flatMap((member) =>
    member.name === undefined || ts.isPrivateIdentifier(member.name)
      ? []
      : [declared(`${name}.${member.name.getText()}`, member, textOf(node))],
  );
  const bases = (node.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
  return [...own, ...bases.flatMap((base) => inherited(name, base, byName))];
}

function inherited(name: string, base: string, byName: Map<string, ts.Declaration>): Declared[] {
  const node = byName.get(base);
  return node === undefined ? [] : membersOf(name, node, byName);
}

function declared(name: string, node: ts.Declaration, containerText: string): Declared {
  const isMethod =
    ts.isMethodSignature(node) || ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node);
  const types = isMethod ? node.parameters.map(({ type }) => type?.getText() ?? "") : [];
  return {
    name,
    text: textOf(node),
    containerText,
    isMethod,
    isOptional: "questionToken" in node && node.questionToken !== undefined,
    parameterTypes: types.flatMap((type) => type.match(/\b[A-Z]\w+/g) ?? []),
  };
}

function textOf(node: ts.Node): string {
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts
    .getJSDocCommentsAndTags(owner)
    .filter(ts.isJSDoc)
    .map((comment) =>
      comment
        .getText()
        .replace(/^\/\*\*|\*\/$/g, "")
        .replace(/^[ \t]*\* ?/gm, "")
        .trim(),
    )
    .join("\n");
}
