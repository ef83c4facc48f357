import type { RtpPacket } from "./rtp/rtp-packet.js";
import type { Direction } from "./sdp/session-description.js";
import type { TelephoneAudio } from "./sdp/telephone-audio.js";

/** What both sides of a session have agreed on. */
export interface Negotiated {
  readonly audio: TelephoneAudio;
  /** What the phone wants to do: `sendonly` and `inactive` put the other party on hold. */
  readonly phoneDirection: Direction;
}

/** The way of the audio to one phone and back: plain RTP, or WebRTC. */
export interface MediaSession {
  readonly kind: "RTP" | "WebRTC";
  /** Our offer. */
  offer(): Promise<string>;
  /** Takes the phone's answer to our offer. `undefined` if there is nothing in common. Never rejects. */
  accept(sdp: string): Promise<Negotiated | undefined>;
  /** Our answer to an offer of the phone, the first or a later one. `undefined` if there is nothing in common. Never rejects. */
  answer(sdp: string): Promise<{ readonly sdp: string; readonly negotiated: Negotiated } | undefined>;
  send(packet: RtpPacket): void;
  onPacket(listener: (packet: RtpPacket) => void): void;
  /** Called at most once, when the audio is gone although the phone's connection isn't. */
  onGone(listener: () => void): void;
  /** Resolves when nothing is received any more. Never rejects. */
  close(): Promise<void>;
}
