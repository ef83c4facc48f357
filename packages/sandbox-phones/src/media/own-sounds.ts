import type { Law } from "./g711.js";
import type { Pacer } from "./pacer.js";
import { HOLD, RINGBACK } from "./sources/sounds.js";
import type { Source } from "./sources/source.js";
import { type TonePayload, ToneSender } from "./sources/tone-sender.js";

/** What one phone hears that no other party says: ringback, a tone for waiting, an announcement, the tones of keys. */
export class OwnSounds {
  readonly #pacer: Pacer;
  readonly #onFrame: () => void;
  readonly #tones = new ToneSender();
  /** Heard in place of the other party: the first of these that there is. */
  #announcement: Source | undefined;
  #holdTone: Source | undefined;
  #ringback: Source | undefined;
  #leavePacer: (() => void) | undefined;

  /** @param onFrame called every 20 ms, as long as there is something to send */
  constructor(pacer: Pacer, onFrame: () => void) {
    this.#pacer = pacer;
    this.#onFrame = onFrame;
  }

  /** Whether something is heard in place of the other party. */
  get isPlaying(): boolean {
    return this.#playing !== undefined;
  }

  /** Whether tones are being sent. */
  get isPressing(): boolean {
    return this.#tones.isBusy;
  }

  ringback(on: boolean): void {
    this.#ringback = on ? RINGBACK.play("forever") : undefined;
    this.#update();
  }

  hold(on: boolean): void {
    if (on) this.#holdTone ??= HOLD.play("forever");
    else this.#holdTone = undefined;
    this.#update();
  }

  announce(source: Source | undefined): void {
    this.#announcement = source;
    this.#update();
  }

  press(tones: string): void {
    this.#tones.add(tones);
    this.#update();
  }

  /** What is to be sent now of tones. */
  nextTones(): readonly TonePayload[] {
    return this.#tones.next();
  }

  /** What is to be played now; `undefined` if it has just ended. */
  nextFrame(law: Law): Buffer | undefined {
    const frame = this.#playing?.next(law);
    if (frame === undefined) this.#announcement = undefined;
    return frame;
  }

  close(): void {
    this.#leavePacer?.();
    this.#leavePacer = undefined;
  }

  get #playing(): Source | undefined {
    return this.#announcement ?? this.#holdTone ?? this.#ringback;
  }

  /** Takes part in the pacer exactly as long as there is something to send. */
  #update(): void {
    if (!this.isPlaying && !this.isPressing) this.close();
    else
      this.#leavePacer ??= this.#pacer.join(() => {
        this.#onFrame();
        this.#update();
      });
  }
}
