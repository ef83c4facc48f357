import type { CallChange } from "../../call/follow/call-state.js";
import { canRedraw, LiveLine } from "../terminal/live-line.js";
import type { Output } from "../terminal/output.js";
import { timeOfDay } from "../terminal/time-of-day.js";
import { type Parties, stateInWords } from "./outcome.js";

/** Shows the progress of a call. */
export interface Display {
  /** Whether a human is watching, who sees the live line. */
  readonly isLive: boolean;
  change(change: CallChange): void;
  /** Shown beside the state until the next call, such as `muted`. */
  marks(marks: readonly string[]): void;
  /** The keys that can be pressed. */
  keys(text: string): void;
  /** Something else, above the live line. */
  notice(text: string): void;
  /** What a human may like to know beside, with the time. Not for scripts. */
  aside(text: string): void;
  warning(text: string): void;
  /** Hides the live line while a question is asked; `resume` brings it back. */
  pause(): void;
  resume(): void;
  end(): void;
}

/** A live line on a terminal; otherwise a line or an object for each change. */
export function displayFor(parties: Parties, output: Output): Display {
  const told = new Set<string>();
  const newNotes = ({ notes }: CallChange) => {
    const fresh = notes.filter((note) => !told.has(note));
    for (const note of fresh) told.add(note);
    return fresh;
  };
  return output.json || output.trace || !process.stdout.isTTY || !canRedraw()
    ? plainDisplay(parties, output, newNotes)
    : liveDisplay(parties, output, newNotes);
}

type NewNotes = (change: CallChange) => readonly string[];

function plainDisplay(parties: Parties, output: Output, newNotes: NewNotes): Display {
  return {
    isLive: false,
    change(change) {
      const text = stateInWords(change.state, parties);
      output.object({ type: "state", ...change, at: change.at.toISOString(), text });
      output.line(`${change.at.toISOString()}  ${text}`);
      if (!output.json) for (const note of newNotes(change)) output.warning(note);
    },
    marks() {},
    keys() {},
    notice(text) {
      output.notice(text);
      output.object({ type: "notice", text });
    },
    aside() {},
    warning(text) {
      output.warning(text);
      output.object({ type: "warning", text });
    },
    pause() {},
    resume() {},
    end() {},
  };
}

function liveDisplay(parties: Parties, output: Output, newNotes: NewNotes): Display {
  const live = new LiveLine();
  let isPaused = false;
  const above = (say: () => void) => {
    live.hide();
    say();
    if (!isPaused) live.draw();
  };
  return {
    isLive: true,
    change(change) {
      const text = stateInWords(change.state, parties);
      live.say(text);
      above(() => {
        // How it ended is told in full when following is over.
        if (change.state !== "ended") output.line(`  ${timeOfDay(change.at)}  ${text}`);
        for (const note of newNotes(change)) output.warning(note);
      });
    },
    marks: (marks) => live.mark(marks),
    keys: (text) => live.keys(text),
    notice: (text) => above(() => output.notice(text)),
    aside: (text) => above(() => output.remark(`  ${timeOfDay(new Date())}  ${text}`)),
    warning: (text) => above(() => output.warning(text)),
    pause() {
      isPaused = true;
      live.hide();
    },
    resume() {
      isPaused = false;
      live.draw();
    },
    end: () => live.hide(),
  };
}
