/** The codes of RFC 4733, by the key. */
const CODES: readonly string[] = [..."01234", ..."56789", "*", "#", ..."ABCD"];
/** How long each tone is, and the pause after it, in frames of 20 ms. */
const TONE_FRAMES = 5;
const PAUSE_FRAMES = 3;
const SAMPLES = 160;
const VOLUME = 10;
/** Tones that wait. More are dropped. */
const MOST_WAITING = 200;

/** One packet of a tone. */
export interface TonePayload {
  readonly payload: Buffer;
  readonly isFirst: boolean;
}

/** Makes the packets of DTMF tones (RFC 4733), every 20 ms one. The last of a tone is sent three times. */
export class ToneSender {
  readonly #waiting: number[] = [];
  #code: number | undefined;
  #frame = 0;

  add(tones: string): void {
    for (const key of tones.toUpperCase()) {
      const code = CODES.indexOf(key);
      if (code !== -1 && this.#waiting.length < MOST_WAITING) this.#waiting.push(code);
    }
  }

  get isBusy(): boolean {
    return this.#code !== undefined || this.#waiting.length > 0;
  }

  /** What is to be sent now; empty in the pause after a tone. */
  next(): readonly TonePayload[] {
    if (this.#code === undefined) {
      this.#code = this.#waiting.shift();
      this.#frame = 0;
    }
    if (this.#code === undefined) return [];
    this.#frame += 1;
    const frame = this.#frame;
    const code = this.#code;
    if (frame >= TONE_FRAMES + PAUSE_FRAMES) this.#code = undefined;
    if (frame > TONE_FRAMES) return [];
    const isEnd = frame === TONE_FRAMES;
    const payload = eventPayload(code, isEnd, frame * SAMPLES);
    return Array.from({ length: isEnd ? 3 : 1 }, () => ({ payload, isFirst: frame === 1 }));
  }
}

function eventPayload(code: number, isEnd: boolean, duration: number): Buffer {
  const payload = Buffer.alloc(4);
  payload[0] = code;
  payload[1] = (isEnd ? 0x80 : 0) | VOLUME;
  payload.writeUInt16BE(duration, 2);
  return payload;
}

/** The key of an event's packet; `undefined` if it's none of a telephone. */
export function keyOfEvent(payload: Buffer): string | undefined {
  return payload.length < 4 ? undefined : CODES[payload[0] ?? 255];
}
