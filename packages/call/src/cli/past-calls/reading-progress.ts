import { canRedraw, LiveLine } from "../terminal/live-line.js";
import type { Output } from "../terminal/output.js";

/** Tells on a terminal that the history is being read, and how far. */
export interface ReadingProgress {
  /** Prints above the line that tells it. */
  readonly output: Output;
  counted(calls: number): void;
  end(): void;
}

const SHOWN_AFTER_MS = 400;

export function startReadingProgress(output: Output): ReadingProgress {
  if (output.trace || !canRedraw()) return { output, counted() {}, end() {} };
  const live = new LiveLine();
  live.say("reading the history");
  const timer = setInterval(() => live.draw(), SHOWN_AFTER_MS);
  const above =
    <T>(print: (value: T) => void) =>
    (value: T) => {
      live.hide();
      print(value);
    };
  return {
    output: {
      ...output,
      heading: above(output.heading),
      row: above(output.row),
      verbatim: above(output.verbatim),
      object: above(output.object),
    },
    counted: (calls) => live.update(`reading the history: ${calls.toLocaleString("en")} calls`),
    end() {
      clearInterval(timer);
      live.hide();
    },
  };
}
