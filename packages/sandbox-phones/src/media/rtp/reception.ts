import { performance } from "node:perf_hooks";
import type { RtpPacket } from "./rtp-packet.js";

const SAMPLES_PER_MS = 8;

/** How a stream arrives: what is lost of it, and its jitter (RFC 3550, A.3 and A.8). */
export class Reception {
  #received = 0;
  #ssrc: number | undefined;
  /** What was lost of the streams before this one. */
  #lostBefore = 0;
  #first = 0;
  #highest = 0;
  #receivedOfThis = 0;
  #transit = 0;
  #jitter = 0;
  #lastAt = 0;

  take({ ssrc, sequence, timestamp }: RtpPacket): void {
    const now = performance.now();
    this.#received += 1;
    this.#lastAt = now;
    if (ssrc !== this.#ssrc) {
      this.#lostBefore = this.lost;
      this.#ssrc = ssrc;
      this.#first = sequence;
      this.#highest = sequence;
      this.#receivedOfThis = 1;
      this.#transit = now * SAMPLES_PER_MS - timestamp;
      return;
    }
    this.#receivedOfThis += 1;
    const advance = (sequence - this.#highest) & 0xffff;
    if (advance < 0x8000) this.#highest += advance;
    const transit = now * SAMPLES_PER_MS - timestamp;
    this.#jitter += (Math.abs(transit - this.#transit) - this.#jitter) / 16;
    this.#transit = transit;
  }

  get received(): number {
    return this.#received;
  }

  get lost(): number {
    if (this.#ssrc === undefined) return 0;
    return this.#lostBefore + Math.max(0, this.#highest - this.#first + 1 - this.#receivedOfThis);
  }

  get jitterMs(): number {
    return this.#jitter / SAMPLES_PER_MS;
  }

  /** Milliseconds since the last packet; since the beginning of time if there was none. */
  get silentMs(): number {
    return performance.now() - this.#lastAt;
  }
}
