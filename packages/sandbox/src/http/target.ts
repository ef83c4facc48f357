import { Problem } from "./problem.js";

/** The target of a request. */
export interface Target {
  /** As it was sent, without the query. */
  readonly path: string;
  /** The decoded segments of the path. */
  readonly segments: readonly string[];
  /** As it was sent, without the question mark. */
  readonly query: string;
}

/** `https://host/path`, as HTTP proxies receive it. */
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)/i;

/** The host, with its port, of a target in absolute form; `undefined` for a mere path. */
export function authorityOf(requestTarget: string): string | undefined {
  return ABSOLUTE_FORM.exec(requestTarget)?.[1];
}

/** Splits a request target into path and query, both still encoded. Never throws. */
export function splitTarget(requestTarget: string): { path: string; query: string } {
  const target = requestTarget.replace(ABSOLUTE_FORM, "");
  const questionMark = target.indexOf("?");
  const path = questionMark === -1 ? target : target.slice(0, questionMark);
  return { path: path === "" ? "/" : path, query: questionMark === -1 ? "" : target.slice(questionMark + 1) };
}

/** Decodes a request target. Throws a Problem if it isn't a valid path. */
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
    throw new Problem(400, "The path contains a percent sign that encodes nothing.");
  }
}
