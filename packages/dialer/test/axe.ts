// What axe finds in a page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds in the page as it is. */
export async function violationsIn({ page }: { readonly page: Page }): Promise<string[]> {
  // The page's policy keeps scripts out that aren't its own: this one comes by the debugger.
  if (await page.evaluate(() => !("axe" in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    // Colours that are still changing are neither the ones before nor the ones after.
    await Promise.allSettled(
      document.getAnimations().flatMap((each) => (each instanceof CSSTransition ? [each.finished] : [])),
    );
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Violation[] }> };
    };
    // The page has neither styles nor sounds from elsewhere, which axe would load first.
    return axe.run({ resultTypes: ["violations"], preload: false });
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
