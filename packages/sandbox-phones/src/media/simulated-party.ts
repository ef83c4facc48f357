import { randomInt } from "node:crypto";
import { FRAME } from "./g711.js";
import type { Pacer } from "./pacer.js";
import type { Party, Spoken } from "./party.js";
import { VOICE } from "./sources/sounds.js";

/** How many frames of 20 ms later an echo comes: a second. */
const ECHO_FRAMES = 50;

/** What a registered phone hears of a simulated one: a voice that says always the same. */
export class VoiceParty implements Party {
  readonly #ssrc = randomInt(1, 2 ** 32);
  readonly #source = VOICE.play("forever");
  readonly #leavePacer: () => void;
  #sequence = 0;
  #onSay: (spoken: Spoken) => void = () => {};

  constructor(pacer: Pacer) {
    this.#leavePacer = pacer.join(() => this.#say());
  }

  hear(): void {}

  onSay(listener: (spoken: Spoken) => void): void {
    this.#onSay = listener;
  }

  onHold(): void {}

  wait(): void {}

  leave(): void {
    this.#leavePacer();
  }

  #say(): void {
    const payload = this.#source.next("pcmu");
    if (payload === undefined) return;
    const sequence = this.#sequence & 0xffff;
    const timestamp = (this.#sequence * FRAME) >>> 0;
    this.#sequence += 1;
    const packet = { payloadType: 0, marker: false, sequence, timestamp, ssrc: this.#ssrc, payload };
    this.#onSay({ kind: "voice", law: "pcmu", packet });
  }
}

/** Says a second later what it hears. */
export class EchoParty implements Party {
  readonly #waiting: Spoken[] = [];
  #onSay: (spoken: Spoken) => void = () => {};

  hear(spoken: Spoken): void {
    this.#waiting.push(spoken);
    if (this.#waiting.length <= ECHO_FRAMES) return;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#onSay(next);
  }

  onSay(listener: (spoken: Spoken) => void): void {
    this.#onSay = listener;
  }

  onHold(): void {}

  wait(): void {}

  leave(): void {
    this.#onSay = () => {};
  }
}
