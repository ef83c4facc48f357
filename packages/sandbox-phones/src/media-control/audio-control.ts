import type { MediaService } from "../media/media-service.js";
import type { MediaSession } from "../media/media-session.js";
import type { Audio } from "../ports.js";
import type { MediaThread } from "./media-thread.js";

/** Audio that the thread has opened. */
export interface OpenAudio {
  readonly number: number;
  /** How the phone's audio arrives: see `reception-figures.ts`. */
  readonly figures: Float64Array;
}

/** Controls what a phone hears and says in one call: the audio itself is in a thread of its own. */
export class AudioControl implements Audio, OpenAudio {
  readonly source = "phone";
  readonly number: number;
  readonly figures: Float64Array;
  readonly #thread: MediaThread;
  readonly #onClose: () => void;
  #kind: MediaSession["kind"];
  #onPressed: (tones: string) => void = () => {};
  #onGone: () => void = () => {};

  /** @param onClose called when it's no longer in use */
  constructor(
    thread: MediaThread,
    { number, figures }: OpenAudio,
    kind: MediaSession["kind"],
    onClose: () => void,
  ) {
    this.#thread = thread;
    this.number = number;
    this.figures = figures;
    this.#kind = kind;
    this.#onClose = onClose;
    thread.listen(number, { pressed: (tones) => this.#onPressed(tones), gone: () => this.#onGone() });
  }

  get kind(): MediaSession["kind"] {
    return this.#kind;
  }

  /** Called for each key that is pressed at the phone. */
  onPressed(listener: (tones: string) => void): void {
    this.#onPressed = listener;
  }

  /** Called when the audio is gone although the phone's connection isn't. */
  onGone(listener: () => void): void {
    this.#onGone = listener;
  }

  /** Takes the phone's answer to our offer. @returns whether there is something in common */
  accept(sdp: string): Promise<boolean> {
    return this.#thread.ask("accept", this.number, sdp);
  }

  /** @returns our answer to a later offer; `undefined` if there is nothing in common */
  answer(sdp: string): ReturnType<MediaService["answerAgain"]> {
    return this.#thread.ask("answerAgain", this.number, sdp);
  }

  /** The phone is heard on the way of another one from now on, which must not be used any more. */
  takeOver(other: AudioControl): void {
    this.#kind = other.kind;
    other.#release();
    this.#thread.tell("takeOver", this.number, other.number);
  }

  ringback(): void {
    this.#thread.tell("ringback", this.number);
  }

  /** The other party has answered. */
  connected(): void {
    this.#thread.tell("connected", this.number);
  }

  hold(on: boolean): void {
    this.#thread.tell("hold", this.number, on);
  }

  mute(on: boolean): void {
    this.#thread.tell("mute", this.number, on);
  }

  dtmf(tones: string): void {
    this.#thread.tell("dtmf", this.number, tones);
  }

  /** The phone has reported a key in place of a tone: the other party hears the tone. */
  press(key: string): void {
    this.#thread.tell("press", this.number, key);
  }

  close(): void {
    this.#release();
    this.#thread.tell("close", this.number);
  }

  #release(): void {
    this.#thread.unlisten(this.number);
    this.#onClose();
  }
}
