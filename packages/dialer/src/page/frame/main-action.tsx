// The one main action. It has one place; after it has changed it takes no press for a moment, so a double click on
// "Hang up" can't press what comes next. Keys that are held down don't press it.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const STILL_MS = 600;

interface MainActionProps {
  /** What it does: when this changes, so does the action. */
  readonly what: string;
  readonly look: "primary" | "stop" | "strong" | "plain";
  readonly shortcut?: string;
  /** Why it can't be done, as the id of what says so. */
  readonly cannot?: string | undefined;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}

export function MainAction({ what, look, shortcut, cannot, onPress, children }: MainActionProps) {
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  const before = useRef("");
  // At once with the change: no press can come between.
  useLayoutEffect(() => {
    if (before.current !== "" && before.current !== what) changedAt.current = performance.now();
    before.current = what;
  }, [what]);
  return (
    <button
      type="button"
      class={`button main-action ${look}`}
      aria-disabled={cannot !== undefined}
      aria-describedby={cannot}
      aria-keyshortcuts={shortcut}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault();
      }}
      onClick={() => {
        if (cannot === undefined && performance.now() - changedAt.current > STILL_MS) onPress();
      }}
    >
      {children}
    </button>
  );
}
