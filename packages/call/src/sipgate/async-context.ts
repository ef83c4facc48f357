/** Runs something in a context that was captured. */
export type RunInContext = <T>(run: () => T) => T;

/**
 * The asynchronous context of now (`AsyncLocalStorage`), for work that serves several callers: otherwise it would run in
 * the context of the one that came first. No effect if the runtime has no such context, as in browsers.
 */
export function capturedContext(): RunInContext {
  // No import: that would keep this file out of browsers.
  const hooks =
    typeof process === "object" && typeof process.getBuiltinModule === "function"
      ? process.getBuiltinModule("async_hooks")
      : undefined;
  const run = hooks?.AsyncLocalStorage?.snapshot?.();
  return run === undefined ? (work) => work() : (work) => run(work);
}
