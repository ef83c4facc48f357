import { encode, FRAME, type Law } from "../g711.js";
import type { Source } from "./source.js";

/** Samples at 8 kHz as frames of both kinds of G.711, which are made once. */
export class Pattern {
  readonly #frames: Readonly<Record<Law, readonly Buffer[]>>;

  constructor(samples: Int16Array) {
    this.#frames = {
      pcmu: framesOf(encode(samples, "pcmu"), 0xff),
      pcma: framesOf(encode(samples, "pcma"), 0xd5),
    };
  }

  /** Plays it once, or again and again. */
  play(how: "once" | "forever"): Source {
    let index = 0;
    return {
      next: (law) => {
        const frames = this.#frames[law];
        const frame = frames[how === "once" ? index : index % Math.max(1, frames.length)];
        index += 1;
        return frame;
      },
    };
  }
}

function framesOf(bytes: Buffer, silence: number): Buffer[] {
  const frames: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += FRAME) {
    const frame = Buffer.alloc(FRAME, silence);
    bytes.copy(frame, 0, start, Math.min(start + FRAME, bytes.length));
    frames.push(frame);
  }
  return frames;
}
