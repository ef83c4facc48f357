import { LONGEST_BODY, LONGEST_HEAD } from "./limits.js";

/** A message as bytes, or a keep-alive (RFC 5626). */
export type Frame =
  | { readonly kind: "message"; readonly head: string; readonly body: Buffer }
  | { readonly kind: "ping" };

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const CR = 0x0d;
const LF = 0x0a;

/** Finds the messages in a stream of bytes: by the empty line after the head, then by `Content-Length`. */
export class StreamFramer {
  #bytes: Buffer = Buffer.alloc(4_096);
  #length = 0;
  /** Up to here no end of the head was found: nothing is searched twice. */
  #searched = 0;
  #head: { readonly text: string; readonly end: number; readonly bodyLength: number } | undefined;

  /**
   * Takes what has arrived, and returns what is complete.
   * @returns `undefined` if the stream can't be read any further: it's to be closed
   */
  push(chunk: Buffer): Frame[] | undefined {
    this.#append(chunk);
    const frames: Frame[] = [];
    for (;;) {
      const next = this.#head === undefined ? this.#takeHead(frames) : this.#takeBody(frames);
      if (next === "broken") return undefined;
      if (next === "more") return frames;
    }
  }

  #takeHead(frames: Frame[]): "more" | "again" | "broken" {
    if (this.#skipBlankLines(frames) === "more") return "more";
    const found = this.#bytes.subarray(0, this.#length).indexOf(END_OF_HEAD, this.#searched);
    if (found === -1) {
      this.#searched = Math.max(0, this.#length - 3);
      return this.#length > LONGEST_HEAD ? "broken" : "more";
    }
    const text = this.#bytes.toString("utf8", 0, found);
    const bodyLength = contentLengthOf(text);
    if (found > LONGEST_HEAD || bodyLength === undefined || bodyLength > LONGEST_BODY) return "broken";
    this.#head = { text, end: found + END_OF_HEAD.length, bodyLength };
    return "again";
  }

  #takeBody(frames: Frame[]): "more" | "again" {
    if (this.#head === undefined) return "again";
    const { text, end, bodyLength } = this.#head;
    if (this.#length < end + bodyLength) return "more";
    frames.push({
      kind: "message",
      head: text,
      body: Buffer.from(this.#bytes.subarray(end, end + bodyLength)),
    });
    this.#drop(end + bodyLength);
    this.#head = undefined;
    return "again";
  }

  /** Two empty lines are a ping to keep the connection; one is the answer (RFC 5626). */
  #skipBlankLines(frames: Frame[]): "more" | "again" {
    let blank = 0;
    while (blank + 1 < this.#length && this.#bytes[blank] === CR && this.#bytes[blank + 1] === LF) blank += 2;
    for (let pair = 4; pair <= blank; pair += 4) frames.push({ kind: "ping" });
    if (blank > 0) this.#drop(blank);
    return this.#length === 0 ? "more" : "again";
  }

  #append(chunk: Buffer): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    chunk.copy(this.#bytes, this.#length);
    this.#length = needed;
  }

  #drop(count: number): void {
    this.#bytes.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.#searched = 0;
  }
}

/** What the head says, 0 if it says nothing; `undefined` if it's no number. */
function contentLengthOf(head: string): number | undefined {
  const value = /\r\n(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)/i.exec(head)?.[1];
  if (value === undefined) return 0;
  return /^\d{1,9}\s*$/.test(value) ? Number(value) : undefined;
}
