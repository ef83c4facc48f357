/**
 * Whether it can be an id that a telephone system gives. It goes into the path of a request. There, `..` or
 * an empty text, for example, would address something else.
 */
export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[!-~]{1,1000}$/.test(value) && !/^\.{1,2}$/.test(value);
}
