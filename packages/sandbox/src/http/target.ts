import { Problem } from "./problem.js";

/** Where a request goes. */
export interface Target {
  /** As it was sent, without the query. */
  readonly path: string;
  /** The decoded parts of the path between its slashes. */
  readonly segments: readonly string[];
  /** As it was sent, without the question mark. */
  readonly query: string;
}

/** `https://host/path`, as HTTP proxies receive it: the host is dropped and the path used. */
const ABSOLUTE_FORM = /^https?:\/\/[^/?#]*/i;

/** The path and query of a request target, not decoded yet; never fails. */
export function splitTarget(requestTarget: string): { path: string; query: string } {
  const target = requestTarget.replace(ABSOLUTE_FORM, "");
  const questionMark = target.indexOf("?");
  const path = questionMark === -1 ? target : target.slice(0, questionMark);
  return { path: path === "" ? "/" : path, query: questionMark === -1 ? "" : target.slice(questionMark + 1) };
}

export function parseTarget(requestTarget: string): Target {
  const { path, query } = splitTarget(requestTarget);
  if (!path.startsWith("/")) throw new Problem(400, "The request target is not a path.");
  return { path, query, segments: path.slice(1).split("/").map(decode) };
}

function decode(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Problem(400, "The path holds a percent sign that encodes nothing.");
  }
}
