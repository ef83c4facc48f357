import { Conversation } from "./conversation.js";
import type { Addresses, MediaMessage, MediaService, Side } from "./media-service.js";
import type { MediaSession } from "./media-session.js";
import { Pacer } from "./pacer.js";
import type { Party } from "./party.js";
import { PhoneAudio, type PhoneAudioListener } from "./phone-audio.js";
import { parseSdp } from "./sdp/session-description.js";
import { openSession } from "./sessions.js";
import { EchoParty, VoiceParty } from "./simulated-party.js";
import { warmUp } from "./webrtc/werift-session.js";

/** The audio of all phones, and their conversations. */
export class PhoneMedia implements MediaService {
  readonly #pacer = new Pacer();
  readonly #audios = new Map<number, PhoneAudio>();
  readonly #conversations = new Map<number, Conversation>();
  readonly #tell: (message: MediaMessage) => void;

  /** @param tell gets what happens at the phones */
  constructor(tell: (message: MediaMessage) => void) {
    this.#tell = tell;
  }

  warmUp(): void {
    void warmUp().catch(() => {});
  }

  async offer(
    audio: number,
    kind: MediaSession["kind"],
    addresses: Addresses,
    figures: Float64Array,
  ): Promise<string> {
    const session = await openSession(kind, addresses);
    this.#add(audio, session, figures);
    return session.offer();
  }

  async answer(
    audio: number,
    sdp: string,
    addresses: Addresses,
    figures: Float64Array,
  ): ReturnType<MediaService["answer"]> {
    const isWebRtc = parseSdp(sdp)?.media.some(({ protocol }) => protocol.includes("TLS")) ?? false;
    const session = await openSession(isWebRtc ? "WebRTC" : "RTP", addresses);
    const answer = await session.answer(sdp);
    if (answer === undefined) {
      void session.close();
      return undefined;
    }
    this.#add(audio, session, figures).use(answer.negotiated);
    return { kind: session.kind, sdp: answer.sdp };
  }

  async accept(audio: number, sdp: string): Promise<boolean> {
    return (await this.#audios.get(audio)?.accept(sdp)) ?? false;
  }

  async answerAgain(audio: number, sdp: string): Promise<string | undefined> {
    return this.#audios.get(audio)?.answer(sdp);
  }

  takeOver(audio: number, other: number): void {
    const from = this.#audios.get(other);
    this.#audios.delete(other);
    const to = this.#audios.get(audio);
    if (from === undefined) return;
    if (to === undefined) void from.close();
    else to.takeOver(from);
  }

  ringback(audio: number): void {
    this.#audios.get(audio)?.ringback();
  }

  connected(audio: number): void {
    this.#audios.get(audio)?.connected();
  }

  hold(audio: number, on: boolean): void {
    this.#audios.get(audio)?.hold(on);
  }

  mute(audio: number, on: boolean): void {
    this.#audios.get(audio)?.mute(on);
  }

  dtmf(audio: number, tones: string): void {
    this.#audios.get(audio)?.dtmf(tones);
  }

  press(audio: number, key: string): void {
    this.#audios.get(audio)?.press(key);
  }

  close(audio: number): void {
    void this.#audios.get(audio)?.close();
    this.#audios.delete(audio);
  }

  join(conversation: number, caller: Side, callee: Side): void {
    const parties = [this.#partyOf(caller), this.#partyOf(callee)] as const;
    const [first, second] = parties;
    if (first !== undefined && second !== undefined)
      this.#conversations.set(conversation, new Conversation(first, second));
    else for (const party of parties) party?.leave();
  }

  play(conversation: number, wav: Uint8Array | undefined): void {
    this.#conversations.get(conversation)?.play(wav);
  }

  async record(conversation: number, isAnnounced: boolean): Promise<Uint8Array | undefined> {
    return this.#conversations.get(conversation)?.record(isAnnounced);
  }

  stopRecording(conversation: number): void {
    this.#conversations.get(conversation)?.stopRecording();
  }

  end(conversation: number): void {
    this.#conversations.get(conversation)?.end();
    this.#conversations.delete(conversation);
  }

  async finish(): Promise<void> {
    await Promise.all(Array.from(this.#audios.values(), (audio) => audio.close()));
  }

  #add(audio: number, session: MediaSession, figures: Float64Array): PhoneAudio {
    const listener: PhoneAudioListener = {
      pressed: (tones) => this.#tell({ kind: "pressed", audio, tones }),
      gone: () => this.#tell({ kind: "gone", audio }),
    };
    const added = new PhoneAudio(session, this.#pacer, figures, listener);
    this.#audios.set(audio, added);
    return added;
  }

  /** `undefined` if the phone has hung up just now. */
  #partyOf(side: Side): Party | undefined {
    if (side === "echo") return new EchoParty();
    return side === "voice" ? new VoiceParty(this.#pacer) : this.#audios.get(side);
  }
}
