// What somebody does who has a keyboard and nothing else.
import type { Page } from "playwright-core";

/** The name of what has the focus: of a field its label, otherwise its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    const isField =
      at instanceof HTMLInputElement || at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement;
    const label = isField ? at.labels?.[0] : at;
    return (at?.getAttribute("aria-label") ?? label?.textContent ?? "").trim();
  });

/** The names of all that Tab comes to, in order. */
export async function tabStops(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  const names: string[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const name = await focused(page);
    if (names.length > 60 || (names.length > 0 && name === names[0])) return names;
    names.push(name);
  }
}

/** Presses Tab until something whose name begins so has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    await page.keyboard.press("Tab");
    if ((await focused(page)).startsWith(name)) return;
  }
  throw new Error(`Tab doesn't come to “${name}”.`);
}

/** Waits for it, goes there, and presses it. */
export async function pressByKey(page: Page, name: string, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await page.getByText(name).first().waitFor();
  await tabTo(page, name);
  await page.keyboard.press(key);
}
