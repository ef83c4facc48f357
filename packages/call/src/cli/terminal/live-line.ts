import { minutesAndSeconds } from "./minutes-and-seconds.js";
import { writeErr } from "./standard-streams.js";
import { isUtf8 } from "./style.js";
import { cutTo, padTo, widthOf } from "./text-width.js";

const FRAMES = isUtf8() ? ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] : ["|", "/", "-", "\\"];
const FRAME_MS = 100;
const ERASE = "\r\u001b[K";

/** Whether standard error is a terminal on which a line can be redrawn. */
export function canRedraw(): boolean {
  return process.stderr.isTTY && process.env.TERM !== "dumb";
}

/** A line on a terminal that shows what is happening and for how long. Hide it to write something else. */
export class LiveLine {
  #text = "";
  #marks = "";
  #keys = "";
  #since = Date.now();
  #frame = 0;
  #shown = "";
  #timer: NodeJS.Timeout | undefined;

  /** What happens from now on. */
  say(text: string): void {
    this.#text = text;
    this.#since = Date.now();
  }

  /** More about what has been happening for a while. */
  update(text: string): void {
    this.#text = text;
  }

  /** What is shown beside it. */
  mark(marks: readonly string[]): void {
    this.#marks = marks.map((mark) => ` · ${mark}`).join("");
  }

  /** The keys that can be pressed, shown if there is room for them. */
  keys(text: string): void {
    this.#keys = text;
  }

  draw(): void {
    this.#timer ??= setInterval(() => this.draw(), FRAME_MS);
    const frame = FRAMES[this.#frame++ % FRAMES.length] ?? "";
    const time = `${frame} ${minutesAndSeconds((Date.now() - this.#since) / 1000)}  `;
    // A line longer than the window would wrap, and each redraw would leave a copy behind. Some terminals report no width.
    const columns = process.stderr.columns || 80;
    this.#erase(columns);
    const room = columns - 1 - time.length - widthOf(this.#marks);
    this.#shown = withKeys(time + cutTo(room, this.#text) + this.#marks, this.#keys, columns - 1);
    writeErr(this.#shown);
  }

  /** If the window has become narrower, the line now takes several rows. */
  #erase(columns: number): void {
    const rowsAbove = Math.max(0, Math.ceil(this.#shown.length / columns) - 1);
    writeErr(rowsAbove === 0 ? ERASE : `\u001b[${rowsAbove}A\r\u001b[J`);
    this.#shown = "";
  }

  /** Erases the line; `draw` brings it back. */
  hide(): void {
    clearInterval(this.#timer);
    if (this.#timer !== undefined) this.#erase(process.stderr.columns || 80);
    this.#timer = undefined;
  }
}

/** The keys stand at the right end if there is room for them. */
function withKeys(line: string, keys: string, width: number): string {
  const room = width - widthOf(keys) - GAP;
  return keys === "" || widthOf(line) > room ? line : padTo(room + GAP, line) + keys;
}

const GAP = 2;
