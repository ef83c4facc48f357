import { convert } from "./g711.js";
import type { MediaSession, Negotiated } from "./media-session.js";
import { OwnSounds } from "./own-sounds.js";
import type { Pacer } from "./pacer.js";
import type { Party, Spoken } from "./party.js";
import { OutgoingStream } from "./rtp/outgoing-stream.js";
import { Reception } from "./rtp/reception.js";
import type { RtpPacket } from "./rtp/rtp-packet.js";
import type { TelephoneAudio } from "./sdp/telephone-audio.js";
import type { Source } from "./sources/source.js";
import { keyOfEvent } from "./sources/tone-sender.js";

/** What happens at a phone. */
export interface PhoneAudioListener {
  /** A key was pressed. */
  pressed(key: string): void;
  /** The audio is gone although the phone's connection isn't. */
  gone(): void;
}

/** What a phone hears and says in one call. */
export class PhoneAudio implements Party {
  #session: MediaSession;
  readonly #reception: Reception;
  readonly #stream = new OutgoingStream();
  readonly #sounds: OwnSounds;
  readonly #listener: PhoneAudioListener;
  #negotiated: Negotiated | undefined;
  /** Whether the phone wants to hear something. */
  #listens = true;
  #isHolding = false;
  #isMuted = false;
  readonly #heldBy = new Set<"client" | "other party">();
  /** The timestamps of the tones that were pressed here last, and at the other party's phone. */
  #lastTone: number | undefined;
  #lastHeardTone: number | undefined;
  #isLastQueued = false;
  #onSay: (spoken: Spoken) => void = () => {};
  #onHold: (on: boolean) => void = () => {};
  #onKey: (key: string) => void = () => {};

  /** @param figures where it's noted how the phone's audio arrives */
  constructor(session: MediaSession, pacer: Pacer, figures: Float64Array, listener: PhoneAudioListener) {
    this.#session = session;
    this.#sounds = new OwnSounds(pacer, () => this.#sendSounds());
    this.#reception = new Reception(figures);
    this.#listener = listener;
    this.#listenTo(session);
  }

  /** Takes the phone's answer to our offer. @returns whether there is something in common */
  async accept(sdp: string): Promise<boolean> {
    const negotiated = await this.#session.accept(sdp);
    if (negotiated !== undefined) this.use(negotiated);
    return negotiated !== undefined;
  }

  /** @returns our answer to a later offer; `undefined` if there is nothing in common */
  async answer(sdp: string): Promise<string | undefined> {
    const answer = await this.#session.answer(sdp);
    if (answer !== undefined) this.use(answer.negotiated);
    return answer?.sdp;
  }

  /** The phone is heard on the way of another one from now on. What it hears goes on there without a gap in its numbers. */
  takeOver(other: PhoneAudio): void {
    void this.#session.close();
    this.#session = other.#session;
    this.#listenTo(this.#session);
    if (other.#negotiated !== undefined) this.use(other.#negotiated);
  }

  /** What was agreed on with the phone, at first and later. */
  use(negotiated: Negotiated): void {
    const { phoneDirection } = negotiated;
    this.#negotiated = negotiated;
    this.#listens = phoneDirection === "sendrecv" || phoneDirection === "recvonly";
    const isHolding = phoneDirection === "sendonly" || phoneDirection === "inactive";
    if (isHolding !== this.#isHolding) {
      this.#isHolding = isHolding;
      this.#onHold(isHolding);
    }
  }

  ringback(): void {
    this.#sounds.ringback(true);
  }

  /** The other party has answered. */
  connected(): void {
    this.#sounds.ringback(false);
  }

  hold(on: boolean): void {
    this.#setHeld("client", on);
  }

  wait(on: boolean): void {
    this.#setHeld("other party", on);
  }

  mute(on: boolean): void {
    this.#isMuted = on;
  }

  dtmf(tones: string): void {
    this.#sounds.press(tones);
  }

  /** The phone has reported a key in place of a tone: the other party hears the tone. */
  press(key: string): void {
    this.#listener.pressed(key);
    this.#onKey(key);
  }

  /** In place of what the other party says. */
  announce(source: Source): void {
    this.#sounds.announce(source);
  }

  hear({ kind, law, packet }: Spoken): void {
    const audio = this.#audio;
    if (audio === undefined || !this.#listens || this.#sounds.isPlaying) return;
    if (kind === "tone" && this.#isQueued(packet)) return;
    if (this.#sounds.isPressing) return;
    if (kind === "voice") {
      const payload = convert(packet.payload, law, audio.law);
      this.#session.send(this.#stream.forward(packet, audio.payloadType, payload));
    } else if (audio.eventPayloadType !== undefined) {
      this.#session.send(this.#stream.forward(packet, audio.eventPayloadType, packet.payload));
    }
  }

  onSay(listener: (spoken: Spoken) => void): void {
    this.#onSay = listener;
  }

  onKey(listener: (key: string) => void): void {
    this.#onKey = listener;
  }

  onHold(listener: (on: boolean) => void): void {
    this.#onHold = listener;
    if (this.#isHolding) listener(true);
  }

  leave(): void {
    this.#onSay = () => {};
    this.#onHold = () => {};
    this.#onKey = () => {};
    this.#sounds.announce(undefined);
    this.#setHeld("other party", false);
  }

  /** Resolves when nothing is received any more. */
  close(): Promise<void> {
    this.leave();
    this.#sounds.close();
    return this.#session.close();
  }

  get #audio(): TelephoneAudio | undefined {
    return this.#negotiated?.audio;
  }

  #listenTo(session: MediaSession): void {
    session.onPacket((packet) => this.#receive(packet));
    session.onGone(() => this.#listener.gone());
  }

  #receive(packet: RtpPacket): void {
    const audio = this.#audio;
    if (audio === undefined) return;
    const law = audio.laws.get(packet.payloadType);
    const isTone = law === undefined && packet.payloadType === audio.eventPayloadType;
    if (law === undefined && !isTone) return;
    this.#reception.take(packet);
    if (isTone) this.#notePressed(packet);
    if (this.#isMuted || this.#heldBy.size > 0) return;
    this.#onSay({ kind: isTone ? "tone" : "voice", law: law ?? audio.law, packet });
  }

  /** Many packets make one tone: they share their timestamp. */
  #notePressed({ timestamp, payload }: RtpPacket): void {
    const key = keyOfEvent(payload);
    if (key === undefined || timestamp === this.#lastTone) return;
    this.#lastTone = timestamp;
    this.#listener.pressed(key);
  }

  /** A tone that comes while others are being sent is sent after them. */
  #isQueued({ timestamp, payload }: RtpPacket): boolean {
    const key = keyOfEvent(payload);
    if (key !== undefined && timestamp !== this.#lastHeardTone) {
      this.#lastHeardTone = timestamp;
      this.#isLastQueued = this.#sounds.isPressing;
      if (this.#isLastQueued) this.#sounds.press(key);
    }
    return this.#isLastQueued;
  }

  #setHeld(by: "client" | "other party", on: boolean): void {
    if (on) this.#heldBy.add(by);
    else this.#heldBy.delete(by);
    this.#sounds.hold(this.#heldBy.size > 0);
  }

  #sendSounds(): void {
    const audio = this.#audio;
    if (audio === undefined) return;
    if (this.#sounds.isPressing) this.#sendTone(audio);
    else this.#sendFrame(audio);
  }

  #sendTone({ eventPayloadType }: TelephoneAudio): void {
    for (const { payload, isFirst } of this.#sounds.nextTones()) {
      if (eventPayloadType === undefined || !this.#listens) continue;
      this.#session.send(this.#stream.tone(eventPayloadType, payload, isFirst));
    }
  }

  #sendFrame({ law, payloadType }: TelephoneAudio): void {
    const frame = this.#sounds.nextFrame(law);
    if (frame !== undefined && this.#listens) this.#session.send(this.#stream.generate(payloadType, frame));
  }
}
