/** Undefined where a text isn't a URL. */
export function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** The path of a base URL, without slashes at its end, e.g. `/v2`. */
export function basePathOf(baseUrl: URL): string {
  return withoutSlashes(baseUrl.pathname);
}

/** Without slashes at its end. */
export function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === "/") end -= 1;
  return url.slice(0, end);
}
