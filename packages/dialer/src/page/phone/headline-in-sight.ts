import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { isCutOff } from "./browser-phone.js";

/** What the headline says is urgent when this browser has lost its call: it's scrolled back to. */
export function useHeadlineInSight(scroller: RefObject<HTMLElement | null>): void {
  const isUrgent = isCutOff.value;
  useEffect(() => {
    if (isUrgent) scroller.current?.scrollTo({ top: 0 });
  }, [isUrgent]);
}
