import type { Addresses, Side } from "../media/media-service.js";
import type { MediaSession } from "../media/media-session.js";
import { newFigures } from "../media/reception-figures.js";
import type { Audio, Conversation, Media } from "../ports.js";
import { AudioControl } from "./audio-control.js";
import type { MediaThread } from "./media-thread.js";

/** Audio with a phone, and our SDP for it. */
export interface OpenedAudio {
  readonly audio: AudioControl;
  readonly sdp: string;
}

/** Opens the audio of phones, and lets the parties of calls hear each other. */
export class MediaControl implements Media {
  readonly #thread: MediaThread;

  constructor(thread: MediaThread) {
    this.#thread = thread;
  }

  /** With our offer. Rejects if it can't be opened. */
  async offer(kind: MediaSession["kind"], { localIp, remoteIp }: Addresses): Promise<OpenedAudio> {
    const number = this.#thread.newNumber();
    const figures = newFigures();
    const sdp = await this.#thread.ask("offer", number, kind, { localIp, remoteIp }, figures);
    return { audio: new AudioControl(this.#thread, number, kind, figures), sdp };
  }

  /** With our answer to a phone's offer; `undefined` if there is nothing in common. Rejects if it can't be opened. */
  async answer(offer: string, { localIp, remoteIp }: Addresses): Promise<OpenedAudio | undefined> {
    const number = this.#thread.newNumber();
    const figures = newFigures();
    const answer = await this.#thread.ask("answer", number, offer, { localIp, remoteIp }, figures);
    if (answer === undefined) return undefined;
    return { audio: new AudioControl(this.#thread, number, answer.kind, figures), sdp: answer.sdp };
  }

  join(caller: Audio, callee: Audio): Conversation {
    const sides = [sideOf(caller), sideOf(callee)] as const;
    if (!sides.some((side) => typeof side === "number")) return NOBODY_LISTENS;
    const thread = this.#thread;
    const number = thread.newNumber();
    thread.tell("join", number, ...sides);
    return {
      play: (wav) => thread.tell("play", number, wav),
      startRecording(isAnnounced, done) {
        const recorded = thread.ask("record", number, isAnnounced);
        void recorded.then((recording) => recording && done(recording));
      },
      stopRecording: () => thread.tell("stopRecording", number),
      end: () => thread.tell("end", number),
    };
  }
}

const NOBODY_LISTENS: Conversation = { play() {}, startRecording() {}, stopRecording() {}, end() {} };

/** A port's audio has no more than a source: that of a registered phone is one of ours. */
function sideOf(audio: Audio): Side {
  if (audio instanceof AudioControl) return audio.number;
  return audio.source === "echo" ? "echo" : "voice";
}
