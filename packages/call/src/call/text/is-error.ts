/**
 * Whether a value is an error. In Jest, Node's own errors are made outside the test's world, and there they're no
 * instances of its `Error`.
 */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
