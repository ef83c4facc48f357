import { performance } from "node:perf_hooks";
import { writeFigures } from "../reception-figures.js";
import type { RtpPacket } from "./rtp-packet.js";

const SAMPLES_PER_MS = 8;

/** Notes how a stream arrives: what is lost of it, and its jitter (RFC 3550, A.3 and A.8). */
export class Reception {
  readonly #figures: Float64Array;
  #received = 0;
  #ssrc: number | undefined;
  /** What was lost of the streams before this one. */
  #lostBefore = 0;
  #first = 0;
  #highest = 0;
  #receivedOfThis = 0;
  #transit = 0;
  #jitter = 0;

  constructor(figures: Float64Array) {
    this.#figures = figures;
  }

  take({ ssrc, sequence, timestamp }: RtpPacket): void {
    const transit = performance.now() * SAMPLES_PER_MS - timestamp;
    this.#received += 1;
    if (ssrc === this.#ssrc) {
      this.#receivedOfThis += 1;
      const advance = (sequence - this.#highest) & 0xffff;
      if (advance < 0x8000) this.#highest += advance;
      this.#jitter += (Math.abs(transit - this.#transit) - this.#jitter) / 16;
    } else {
      this.#lostBefore = this.#lost;
      this.#ssrc = ssrc;
      this.#first = sequence;
      this.#highest = sequence;
      this.#receivedOfThis = 1;
    }
    this.#transit = transit;
    const jitterMs = this.#jitter / SAMPLES_PER_MS;
    writeFigures(this.#figures, { received: this.#received, lost: this.#lost, jitterMs });
  }

  get #lost(): number {
    if (this.#ssrc === undefined) return 0;
    return this.#lostBefore + Math.max(0, this.#highest - this.#first + 1 - this.#receivedOfThis);
  }
}
