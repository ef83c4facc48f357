import type { Law } from "./g711.js";
import type { RtpPacket } from "./rtp/rtp-packet.js";

/** 20 ms of what a party says: its voice, or a part of a DTMF tone. */
export interface Spoken {
  readonly kind: "voice" | "tone";
  readonly law: Law;
  readonly packet: RtpPacket;
}

/** One side of a conversation. */
export interface Party {
  hear(spoken: Spoken): void;
  /** What this side says, from now on. */
  onSay(listener: (spoken: Spoken) => void): void;
  /** Called when this side puts the other one on hold by itself, and when it ends that. */
  onHold(listener: (on: boolean) => void): void;
  /** The other side has put this one on hold. */
  wait(on: boolean): void;
  /** Leaves the conversation: what it says is heard by nobody. */
  leave(): void;
}
