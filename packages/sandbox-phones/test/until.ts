/**
 * Waits until something is so. Throws after twenty seconds, saying what was waited for.
 *
 * @param everyMs how often to look: less often if to look takes a while itself
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: () => string,
  everyMs = 10,
): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`This was waited for in vain: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
