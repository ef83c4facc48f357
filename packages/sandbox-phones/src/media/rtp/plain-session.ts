import { randomInt } from "node:crypto";
import type { MediaSession, Negotiated } from "../media-session.js";
import { answerTo, plainSdp } from "../sdp/plain-sdp.js";
import { type Direction, type MediaSection, parseSdp } from "../sdp/session-description.js";
import { OFFERED, type TelephoneAudio, telephoneAudioIn } from "../sdp/telephone-audio.js";
import { parseRtp, type RtpPacket, writeRtp } from "./rtp-packet.js";
import type { RtpSocket } from "./rtp-socket.js";

const PROTOCOLS: readonly string[] = ["RTP/AVP", "RTP/AVPF"];

/** Plain RTP with a SIP phone. */
export class PlainSession implements MediaSession {
  readonly kind = "RTP";
  readonly #socket: RtpSocket;
  readonly #localIp: string;
  readonly #sessionId = randomInt(1, 2 ** 31);
  #version = 0;

  constructor(socket: RtpSocket, localIp: string) {
    this.#socket = socket;
    this.#localIp = localIp;
  }

  offer(): Promise<string> {
    return Promise.resolve(plainSdp(this.#local("sendrecv"), OFFERED));
  }

  accept(sdp: string): Promise<Negotiated | undefined> {
    return Promise.resolve(this.#take(parseSdp(sdp)?.media ?? []));
  }

  answer(sdp: string): ReturnType<MediaSession["answer"]> {
    const sections = parseSdp(sdp)?.media ?? [];
    const negotiated = this.#take(sections);
    if (negotiated === undefined) return Promise.resolve(undefined);
    const local = this.#local(answerTo(negotiated.phoneDirection));
    return Promise.resolve({ sdp: plainSdp(local, chosen(negotiated.audio), sections), negotiated });
  }

  send(packet: RtpPacket): void {
    this.#socket.send(writeRtp(packet));
  }

  onPacket(listener: (packet: RtpPacket) => void): void {
    this.#socket.onPacket((bytes) => {
      const packet = parseRtp(bytes);
      if (packet !== undefined) listener(packet);
    });
  }

  /** A phone that says nothing may be muted. */
  onGone(): void {}

  close(): Promise<void> {
    this.#socket.close();
    return Promise.resolve();
  }

  #take(sections: readonly MediaSection[]): Negotiated | undefined {
    const section = sections.find(({ kind }) => kind === "audio");
    if (section === undefined || section.port === 0 || !PROTOCOLS.includes(section.protocol))
      return undefined;
    const audio = telephoneAudioIn(section);
    if (audio === undefined || section.ip === "") return undefined;
    // RFC 2543 puts a call on hold by this address.
    const isNowhere = section.ip === "0.0.0.0";
    if (!isNowhere) this.#socket.sendTo({ ip: section.ip, port: section.port });
    return { audio, phoneDirection: isNowhere ? "sendonly" : section.direction };
  }

  #local(direction: Direction): Parameters<typeof plainSdp>[0] {
    this.#version += 1;
    return {
      ip: this.#localIp,
      port: this.#socket.port,
      direction,
      version: this.#version,
      sessionId: this.#sessionId,
    };
  }
}

/** A response names one kind of audio: some phones take the first of several for the one to send, others the last. */
function chosen(audio: TelephoneAudio): TelephoneAudio {
  return { ...audio, laws: new Map([[audio.payloadType, audio.law]]) };
}
