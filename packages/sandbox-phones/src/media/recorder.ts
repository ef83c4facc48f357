import { performance } from "node:perf_hooks";
import { decode, type Law, SILENCE } from "./g711.js";
import type { Spoken } from "./party.js";
import { writeWav } from "./sources/wav.js";

const SAMPLES_PER_MS = 8;
/** Half an hour, in samples. What comes later isn't recorded. */
const LONGEST = 30 * 60 * 8_000;
/** A packet that is further from where its time would put it begins anew, in samples: half a second. */
const TOLERANCE = 4_000;

/** Records both parties of a conversation: the caller on the left, the callee on the right. */
export class Recorder {
  readonly #startedAt = performance.now();
  readonly #tracks = [new Track(), new Track()] as const;

  take(side: 0 | 1, { kind, law, packet }: Spoken): void {
    if (kind !== "voice") return;
    const elapsed = Math.round((performance.now() - this.#startedAt) * SAMPLES_PER_MS);
    this.#tracks[side].put(packet.ssrc, packet.timestamp, packet.payload, law, elapsed);
  }

  /** The recording as a WAV: stereo, 16-bit PCM, 8 kHz. */
  finish(): Uint8Array {
    const length = Math.max(...this.#tracks.map(({ length }) => length));
    return writeWav(
      this.#tracks.map((track) => track.samples(length)),
      8_000,
    );
  }
}

/** The voice of one party: each packet where its timestamp puts it. */
class Track {
  #bytes = Buffer.alloc(16_000, SILENCE.pcmu);
  #law: Law = "pcmu";
  #ssrc: number | undefined;
  #offset = 0;
  length = 0;

  put(ssrc: number, timestamp: number, payload: Buffer, law: Law, elapsed: number): void {
    let position = (timestamp + this.#offset) | 0;
    if (ssrc !== this.#ssrc || Math.abs(position - elapsed) > TOLERANCE) {
      this.#ssrc = ssrc;
      position = Math.max(0, elapsed - payload.length);
      this.#offset = position - timestamp;
    }
    const end = position + payload.length;
    if (position < 0 || end > LONGEST) return;
    if (this.length === 0) this.#begin(law);
    if (end > this.#bytes.length) this.#grow(end);
    payload.copy(this.#bytes, position);
    this.length = Math.max(this.length, end);
  }

  samples(length: number): Int16Array {
    const samples = new Int16Array(length);
    samples.set(decode(this.#bytes.subarray(0, this.length), this.#law));
    return samples;
  }

  #begin(law: Law): void {
    this.#law = law;
    this.#bytes.fill(SILENCE[law]);
  }

  #grow(end: number): void {
    const larger = Buffer.alloc(Math.max(end, this.#bytes.length * 2), SILENCE[this.#law]);
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}
