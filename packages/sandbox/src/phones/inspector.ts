import type { Extension, Registration } from "./registrar.js";

/** A phone that is registered, with what the start page shows of it. */
export interface InspectedPhone extends Extension, Registration {
  /** How it's connected. */
  readonly transport: "TCP" | "WebSocket";
  /** Milliseconds since 1970. */
  readonly registeredAt: number;
}

/** A SIP message of a call, without what is secret. */
export interface InspectedMessage {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Seen from the sandbox. */
  readonly direction: "received" | "sent";
  /** What the phone is registered as, such as `e0`. */
  readonly extension: string;
  /** The phone's `ip:port`. */
  readonly peer: string;
  /** Such as `INVITE` or `180 Ringing`. */
  readonly title: string;
  /** The whole message, without what is secret. */
  readonly text: string;
}

/** How what a phone says arrives here. */
export interface InspectedAudio {
  /** What the phone is registered as, such as `e0`. */
  readonly extension: string;
  /** How it comes. */
  readonly kind: "RTP" | "WebRTC";
  /** How many RTP packets have arrived. */
  readonly received: number;
  /** How many are missing, by their sequence numbers. */
  readonly lost: number;
  /** RFC 3550, in milliseconds. */
  readonly jitterMs: number;
}

/** What can be seen of registered phones. This is a port: sipgate-sandbox-phones implements it. No method throws. */
export interface Inspector {
  /** All phones that are registered now. */
  phones(): readonly InspectedPhone[];
  /** The SIP messages of a call, oldest first; empty if the call has none, or if they were dropped. */
  messagesOf(callId: string): readonly InspectedMessage[];
  /** How the voices of a call arrive; empty if none does. */
  audioOf(callId: string): readonly InspectedAudio[];
}
