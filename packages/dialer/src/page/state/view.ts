// What is shown where: the list on the right, or in a narrow window the call or a list.
import { signal } from "@preact/signals";

export type View = "dial" | "calls" | "contacts" | "call-list" | "settings";
const VIEWS: readonly View[] = ["dial", "calls", "contacts", "call-list", "settings"];

const viewOf = (hash: string): View => VIEWS.find((view) => hash === `#${view}`) ?? "dial";

export const view = signal<View>(viewOf(location.hash));
/** What is open below the picture of a running call. */
export const panel = signal<"none" | "keypad" | "transfer" | "note">("none");
export const isWide = signal(matchMedia("(width >= 45em)").matches);
export const isRoomy = signal(matchMedia("(width >= 75em)").matches);

export function show(wanted: View): void {
  if (location.hash !== `#${wanted}`) location.hash = wanted;
  view.value = wanted;
}

export function togglePanel(wanted: "keypad" | "transfer" | "note"): void {
  panel.value = panel.value === wanted ? "none" : wanted;
}

export function watchWindow(): void {
  addEventListener("hashchange", () => {
    view.value = viewOf(location.hash);
  });
  const follow = (query: string, kept: typeof isWide) =>
    matchMedia(query).addEventListener("change", ({ matches }) => {
      kept.value = matches;
    });
  follow("(width >= 45em)", isWide);
  follow("(width >= 75em)", isRoomy);
}
