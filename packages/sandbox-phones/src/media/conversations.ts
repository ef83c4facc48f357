import type { Audio, Conversation, Media } from "../ports.js";
import type { Pacer } from "./pacer.js";
import type { Party, Spoken } from "./party.js";
import { PhoneAudio } from "./phone-audio.js";
import { Recorder } from "./recorder.js";
import { EchoParty, VoiceParty } from "./simulated-party.js";
import { Pattern } from "./sources/pattern.js";
import { BEEP, CHIME } from "./sources/sounds.js";
import { readWav } from "./sources/wav.js";

/** Lets the parties of calls hear each other. */
export class Conversations implements Media {
  readonly #pacer: Pacer;

  constructor(pacer: Pacer) {
    this.#pacer = pacer;
  }

  join(caller: Audio, callee: Audio): Conversation {
    const hasPhone = caller instanceof PhoneAudio || callee instanceof PhoneAudio;
    if (!hasPhone) return NOBODY_LISTENS;
    return new TwoParties(this.#partyOf(caller), this.#partyOf(callee));
  }

  #partyOf(audio: Audio): Party {
    if (audio instanceof PhoneAudio) return audio;
    return audio.source === "echo" ? new EchoParty() : new VoiceParty(this.#pacer);
  }
}

const NOBODY_LISTENS: Conversation = { play() {}, startRecording() {}, stopRecording() {}, end() {} };

class TwoParties implements Conversation {
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

  startRecording(isAnnounced: boolean, done: (recording: Uint8Array) => void): void {
    if (this.#recording !== undefined) return;
    this.#recording = { recorder: new Recorder(), done };
    if (isAnnounced) this.#announce(BEEP);
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
