/** Loading `node:crypto` takes 5 ms, and a start of the server needs nothing of it. */
export function nodeCrypto(): typeof import("node:crypto") {
  return process.getBuiltinModule("node:crypto");
}
