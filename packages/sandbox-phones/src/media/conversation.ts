import type { Party, Spoken } from "./party.js";
import { PhoneAudio } from "./phone-audio.js";
import { Recorder } from "./recorder.js";
import { Pattern } from "./sources/pattern.js";
import { BEEP, CHIME } from "./sources/sounds.js";
import { readWav } from "./sources/wav.js";

/** Lets the parties of a call hear each other. */
export class Conversation {
  readonly #parties: readonly [caller: Party, callee: Party];
  #recording: { readonly recorder: Recorder; readonly done: (recording: Uint8Array) => void } | undefined;

  constructor(caller: Party, callee: Party) {
    this.#parties = [caller, callee];
    this.#connect(0, caller, callee);
    this.#connect(1, callee, caller);
  }

  play(wav: Uint8Array | undefined): void {
    const samples = wav === undefined ? undefined : readWav(wav);
    this.#announce(samples === undefined ? CHIME : new Pattern(samples));
  }

  /** @returns the recording when it has ended, as a WAV; `undefined` if there was one already */
  record(isAnnounced: boolean): Promise<Uint8Array | undefined> {
    if (this.#recording !== undefined) return Promise.resolve(undefined);
    if (isAnnounced) this.#announce(BEEP);
    return new Promise((done) => {
      this.#recording = { recorder: new Recorder(), done };
    });
  }

  stopRecording(): void {
    const recording = this.#recording;
    this.#recording = undefined;
    recording?.done(recording.recorder.finish());
  }

  end(): void {
    this.stopRecording();
    for (const party of this.#parties) party.leave();
  }

  #connect(side: 0 | 1, from: Party, to: Party): void {
    from.onSay((spoken: Spoken) => {
      this.#recording?.recorder.take(side, spoken);
      to.hear(spoken);
    });
    from.onHold((on) => to.wait(on));
    if (from instanceof PhoneAudio && to instanceof PhoneAudio) from.onKey((key) => to.dtmf(key));
  }

  #announce(sound: Pattern): void {
    for (const party of this.#parties) if (party instanceof PhoneAudio) party.announce(sound.play("once"));
  }
}
