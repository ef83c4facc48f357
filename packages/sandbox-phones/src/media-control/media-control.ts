import type { Addresses, Side } from "../media/media-service.js";
import type { MediaSession } from "../media/media-session.js";
import { newFigures } from "../media/reception-figures.js";
import type { Audio, Conversation, Media } from "../ports.js";
import { AudioControl, type OpenAudio } from "./audio-control.js";
import type { MediaThread } from "./media-thread.js";

/** Audio with a phone, and our SDP for it. */
export interface Opened {
  readonly audio: AudioControl;
  readonly sdp: string;
}

/** Opens the audio of one sandbox's phones, and lets the parties of its calls hear each other. */
export class MediaControl implements Media {
  readonly #thread: MediaThread;
  /** What ends each open audio and conversation, by its number; `undefined` after the sandbox was closed. */
  #open: Map<number, () => void> | undefined = new Map();

  constructor(thread: MediaThread) {
    this.#thread = thread;
  }

  /** Loads what WebRTC takes: before the first call, which then rings at once. */
  warmUp(): void {
    this.#thread.tell("warmUp");
  }

  /** With our offer. Rejects if it can't be opened. */
  async offer(kind: MediaSession["kind"], { localIp, remoteIp }: Addresses): Promise<Opened> {
    const open = this.#newAudio();
    const sdp = await this.#thread.ask("offer", open.number, kind, { localIp, remoteIp }, open.figures);
    return { audio: this.#control(open, kind), sdp };
  }

  /** With our answer to a phone's offer; `undefined` if there is nothing in common. Rejects if it can't be opened. */
  async answer(offer: string, { localIp, remoteIp }: Addresses): Promise<Opened | undefined> {
    const open = this.#newAudio();
    const answer = await this.#thread.ask("answer", open.number, offer, { localIp, remoteIp }, open.figures);
    return answer && { audio: this.#control(open, answer.kind), sdp: answer.sdp };
  }

  join(caller: Audio, callee: Audio): Conversation {
    const sides = [sideOf(caller), sideOf(callee)] as const;
    if (!sides.some((side) => typeof side === "number")) return NOBODY_LISTENS;
    const thread = this.#thread;
    const number = thread.newNumber();
    thread.tell("join", number, ...sides);
    const end = (): void => {
      this.#open?.delete(number);
      thread.tell("end", number);
    };
    this.#open?.set(number, end);
    return {
      play: (wav) => thread.tell("play", number, wav),
      startRecording(isAnnounced, done) {
        const recorded = thread.ask("record", number, isAnnounced);
        void recorded.then((recording) => recording && done(recording));
      },
      stopRecording: () => thread.tell("stopRecording", number),
      end,
    };
  }

  /** Ends what is still open: the thread goes on for other sandboxes. */
  close(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    for (const end of open.values()) end();
    this.#thread.release();
  }

  #newAudio(): OpenAudio {
    return { number: this.#thread.newNumber(), figures: newFigures() };
  }

  #control(open: OpenAudio, kind: MediaSession["kind"]): AudioControl {
    const audio = new AudioControl(this.#thread, open, kind, () => void this.#open?.delete(open.number));
    if (this.#open === undefined) audio.close();
    else this.#open.set(open.number, () => audio.close());
    return audio;
  }
}

const NOBODY_LISTENS: Conversation = { play() {}, startRecording() {}, stopRecording() {}, end() {} };

/** A port's audio has no more than a source: that of a registered phone is one of ours. */
function sideOf(audio: Audio): Side {
  if (audio instanceof AudioControl) return audio.number;
  return audio.source === "echo" ? "echo" : "voice";
}
