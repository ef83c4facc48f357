// A list of any length: only what is seen is in the document.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useScrollByKeyboard } from "../frame/scroll-by-keyboard.js";

interface VirtualListProps<T> {
  readonly items: readonly T[];
  readonly rowHeight: number;
  readonly label: string;
  /** A heading above the row, if it begins something. */
  readonly headingOf?: (item: T, before: T | undefined) => string | undefined;
  readonly render: (item: T) => ComponentChildren;
}

const HEADING_HEIGHT = 48;
const BEYOND = 6;
/** Rows that go out of sight come in again at the other end: more than are ever in the document. */
const REUSED = 128;
/** Pixels. */
const STEP = 200;

export function VirtualList<T>({ items, rowHeight, label, headingOf, render }: VirtualListProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    // Only each few rows something new has to be drawn.
    const update = () => {
      const top = Math.floor(element.scrollTop / STEP) * STEP;
      const height = element.clientHeight + STEP;
      setSeen((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener("scroll", update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", update);
    };
  }, []);
  useScrollByKeyboard(scroller);
  const rows = placeRows(items, rowHeight, headingOf);
  const first = firstBelow(rows.tops, seen.top) - BEYOND;
  const from = Math.max(0, first);
  const to = Math.min(items.length, firstBelow(rows.tops, seen.top + seen.height) + BEYOND);
  return (
    <div class="rows" ref={scroller}>
      <div class="rows-inner" style={{ height: `${rows.height}px` }}>
        {items.slice(from, to).map((_, offset) => {
          const heading = rows.headings.get(from + offset);
          return heading === undefined ? null : (
            <h3 key={heading} style={{ top: `${(rows.tops[from + offset] ?? 0) - HEADING_HEIGHT}px` }}>
              {heading}
            </h3>
          );
        })}
        <ul aria-label={label}>
          {items.slice(from, to).map((item, offset) => (
            <li
              key={(from + offset) % REUSED}
              class="row-item"
              aria-setsize={items.length}
              aria-posinset={from + offset + 1}
              style={{ top: `${rows.tops[from + offset]}px`, height: `${rowHeight}px` }}
            >
              {render(item)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface Rows {
  readonly tops: readonly number[];
  readonly headings: ReadonlyMap<number, string>;
  readonly height: number;
}

let placed: { items: readonly unknown[]; rowHeight: number; rows: Rows } | undefined;

/** The last result is kept: scrolling asks for it at each frame. */
function placeRows<T>(
  items: readonly T[],
  rowHeight: number,
  headingOf: VirtualListProps<T>["headingOf"],
): Rows {
  if (placed?.items === items && placed.rowHeight === rowHeight) return placed.rows;
  const tops: number[] = [];
  const headings = new Map<number, string>();
  let height = 0;
  items.forEach((item, index) => {
    const heading = headingOf?.(item, items[index - 1]);
    if (heading !== undefined) {
      headings.set(index, heading);
      height += HEADING_HEIGHT;
    }
    tops.push(height);
    height += rowHeight;
  });
  placed = { items, rowHeight, rows: { tops, headings, height } };
  return placed.rows;
}

/** The first row that begins at or below a height, by halving. */
function firstBelow(tops: readonly number[], height: number): number {
  let [low, high] = [0, tops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) < height) low = middle + 1;
    else high = middle;
  }
  return low;
}
