import { clock } from "./clock.js";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const EVERY = 100; // Milliseconds.
const ERASE = "\r\u001b[K";

/** Whether a stream is a terminal on which a line can be drawn anew. */
export function canRedraw(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env.TERM !== "dumb";
}

/** One line on a terminal that tells what is going on and since when, until something else has to be written. */
export class LiveLine {
  readonly #stream: NodeJS.WriteStream;
  #text = "";
  #marks = "";
  #since = Date.now();
  #frame = 0;
  #shown = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** What is going on from now on. */
  say(text: string): void {
    this.#text = text;
    this.#since = Date.now();
  }

  /** What holds beside it. */
  mark(marks: readonly string[]): void {
    this.#marks = marks.map((mark) => ` · ${mark}`).join("");
  }

  draw(): void {
    this.#timer ??= setInterval(() => this.draw(), EVERY);
    const frame = FRAMES[this.#frame++ % FRAMES.length] ?? "";
    const line = `${frame} ${clock((Date.now() - this.#since) / 1000)}${this.#marks}  ${this.#text}`;
    // A line longer than the window would wrap, and each redraw would leave a copy behind. Some terminals tell no width.
    const columns = this.#stream.columns || 80;
    this.#erase(columns);
    this.#shown = line.slice(0, columns - 1);
    this.#stream.write(this.#shown);
  }

  /** In a window that has become narrower, the line stands in several rows by now. */
  #erase(columns: number): void {
    const rowsAbove = Math.max(0, Math.ceil(this.#shown.length / columns) - 1);
    this.#stream.write(rowsAbove === 0 ? ERASE : `\u001b[${rowsAbove}A\r\u001b[J`);
    this.#shown = "";
  }

  /** Takes the line away; `draw` brings it back. */
  hide(): void {
    clearInterval(this.#timer);
    if (this.#timer !== undefined) this.#erase(this.#stream.columns || 80);
    this.#timer = undefined;
  }
}
