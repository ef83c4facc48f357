import { Problem } from "./problem.js";

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  parameter: Node<T> | undefined;
  readonly methods: Map<string, T>;
}

export interface Match<T> {
  readonly route: T;
  /** What the path has in place of each `{name}`, in order. */
  readonly parameters: readonly string[];
}

/** Finds routes by walking a tree of path segments. A literal segment wins over a `{parameter}`. */
export class Router<T> {
  readonly #root: Node<T> = newNode();
  readonly #absent: string;

  /** @param absent what to say of a path that has no route */
  constructor(absent: string) {
    this.#absent = absent;
  }

  /** @param template a path such as `/v2/calls/{callId}` */
  add(method: string, template: string, route: T): void {
    let node = this.#root;
    for (const segment of template.slice(1).split("/")) node = childFor(node, segment);
    node.methods.set(method, route);
  }

  /** Throws a 404, or a 405 with `Allow`. */
  find(method: string, segments: readonly string[]): Match<T> {
    const parameters: string[] = [];
    let node: Node<T> | undefined = this.#root;
    for (const segment of segments) {
      const literal: Node<T> | undefined = node.literals.get(segment);
      if (literal === undefined && segment !== "") parameters.push(segment);
      node = literal ?? (segment === "" ? undefined : node.parameter);
      if (node === undefined) break;
    }
    if (node === undefined || node.methods.size === 0) throw new Problem(404, this.#absent);
    const route = node.methods.get(method);
    if (route === undefined) {
      const allow = [...node.methods.keys()].join(", ");
      throw new Problem(405, `Allowed here: ${allow}.`, { headers: { allow } });
    }
    return { route, parameters };
  }
}

function childFor<T>(node: Node<T>, segment: string): Node<T> {
  if (segment.startsWith("{")) {
    node.parameter ??= newNode();
    return node.parameter;
  }
  const known = node.literals.get(segment);
  if (known !== undefined) return known;
  const child = newNode<T>();
  node.literals.set(segment, child);
  return child;
}

function newNode<T>(): Node<T> {
  return { literals: new Map(), parameter: undefined, methods: new Map() };
}
