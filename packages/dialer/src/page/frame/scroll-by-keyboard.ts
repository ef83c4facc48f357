import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** What scrolls can be reached by keyboard, also in Safari, if nothing in it can be. */
export function useScrollByKeyboard(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const holdsStops = element.querySelector("a, button, input, select, summary, textarea") !== null;
    if (holdsStops) element.removeAttribute("tabindex");
    else element.tabIndex = 0;
  });
}
