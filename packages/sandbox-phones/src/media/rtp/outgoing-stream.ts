import { randomInt } from "node:crypto";
import { performance } from "node:perf_hooks";
import { FRAME } from "../g711.js";
import type { RtpPacket } from "./rtp-packet.js";

const SAMPLES_PER_MS = 8;

/**
 * What one phone is sent: one stream from the beginning of the call to its end, whichever source speaks. Its SSRC never changes,
 * its sequence numbers and timestamps go on when the source changes, and what is lost of a source is missing here.
 */
export class OutgoingStream {
  readonly ssrc = randomInt(1, 2 ** 32);
  #sequence = randomInt(0, 2 ** 15);
  #timestamp = randomInt(0, 2 ** 31);
  #sentAt = 0;
  /** The source that was sent last, and how far its numbers are from ours. */
  #source: number | undefined;
  #sequenceOffset = 0;
  #timestampOffset = 0;

  /** A packet of the other party, with the numbers that it has for this phone. */
  forward(packet: RtpPacket, payloadType: number, payload: Buffer): RtpPacket {
    const isNew = packet.ssrc !== this.#source;
    if (isNew) {
      this.#source = packet.ssrc;
      this.#sequenceOffset = this.#sequence + 1 - packet.sequence;
      this.#timestampOffset = this.#timestamp + this.#samplesSince() - packet.timestamp;
    }
    const sequence = (packet.sequence + this.#sequenceOffset) & 0xffff;
    const timestamp = (packet.timestamp + this.#timestampOffset) >>> 0;
    const advance = (sequence - this.#sequence) & 0xffff;
    // A packet that is late, or comes twice, doesn't take the numbers back.
    if (advance < 0x8000) {
      this.#sequence = sequence;
      this.#timestamp = timestamp;
    }
    this.#sentAt = performance.now();
    return { payloadType, marker: packet.marker || isNew, sequence, timestamp, ssrc: this.ssrc, payload };
  }

  /** A frame that is made here. */
  generate(payloadType: number, payload: Buffer): RtpPacket {
    const isNew = this.#source !== undefined || this.#sentAt === 0;
    this.#timestamp = (this.#timestamp + (isNew ? this.#samplesSince() : FRAME)) >>> 0;
    return this.#own(payloadType, payload, isNew);
  }

  /** One of the packets of a tone (RFC 4733): they share the timestamp of its start. */
  tone(payloadType: number, payload: Buffer, isFirst: boolean): RtpPacket {
    if (isFirst) this.#timestamp = (this.#timestamp + this.#samplesSince()) >>> 0;
    return this.#own(payloadType, payload, isFirst);
  }

  #own(payloadType: number, payload: Buffer, marker: boolean): RtpPacket {
    this.#source = undefined;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#sentAt = performance.now();
    return {
      payloadType,
      marker,
      sequence: this.#sequence,
      timestamp: this.#timestamp,
      ssrc: this.ssrc,
      payload,
    };
  }

  /** How many samples' time has passed since the last packet: a frame at least. */
  #samplesSince(): number {
    if (this.#sentAt === 0) return 0;
    return Math.max(FRAME, Math.round((performance.now() - this.#sentAt) * SAMPLES_PER_MS));
  }
}
