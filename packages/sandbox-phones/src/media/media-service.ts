import type { MediaSession } from "./media-session.js";

/** The two ends of a phone's connection: audio takes the same way. */
export interface Addresses {
  /** The address of this machine that the phone has reached. */
  readonly localIp: string;
  readonly remoteIp: string;
}

/** One side of a conversation: the number of a phone's audio, or what is heard of a simulated phone. */
export type Side = number | "voice" | "echo";

/**
 * What the thread of the audio does for the other one. Audio and conversations have numbers, which the other thread gives.
 * Nothing happens if one of them is over.
 */
export interface MediaService {
  /** Loads what WebRTC takes. */
  warmUp(): void;
  /**
   * Opens audio with a phone. Rejects if it can't.
   * @param figures where it's noted how the phone's audio arrives: see `reception-figures.ts`
   * @returns our offer
   */
  offer(
    audio: number,
    kind: MediaSession["kind"],
    addresses: Addresses,
    figures: Float64Array,
  ): Promise<string>;
  /**
   * Opens audio with a phone that has sent an offer. Rejects if it can't.
   * @returns our answer; `undefined` if there is nothing in common
   */
  answer(
    audio: number,
    sdp: string,
    addresses: Addresses,
    figures: Float64Array,
  ): Promise<{ readonly kind: MediaSession["kind"]; readonly sdp: string } | undefined>;
  /** Takes the phone's answer to our offer. @returns whether there is something in common */
  accept(audio: number, sdp: string): Promise<boolean>;
  /** @returns our answer to a later offer; `undefined` if there is nothing in common */
  answerAgain(audio: number, sdp: string): Promise<string | undefined>;
  /** The phone is heard on the way of `other` from now on, which is over as audio of its own. */
  takeOver(audio: number, other: number): void;
  ringback(audio: number): void;
  connected(audio: number): void;
  hold(audio: number, on: boolean): void;
  mute(audio: number, on: boolean): void;
  dtmf(audio: number, tones: string): void;
  press(audio: number, key: string): void;
  close(audio: number): void;
  join(conversation: number, caller: Side, callee: Side): void;
  play(conversation: number, wav: Uint8Array | undefined): void;
  /** @returns the recording when it has ended; `undefined` if there was one already */
  record(conversation: number, isAnnounced: boolean): Promise<Uint8Array | undefined>;
  stopRecording(conversation: number): void;
  end(conversation: number): void;
  /** Closes everything, and the thread ends. Resolves when it's closed. */
  finish(): Promise<void>;
}

/** What the thread of the audio is told. */
export interface MediaCommand {
  readonly method: keyof MediaService;
  readonly args: readonly unknown[];
  /** The number of a question: the result is sent back. */
  readonly question: number | undefined;
}

/** What the thread of the audio tells. */
export type MediaMessage =
  | { readonly kind: "result"; readonly question: number; readonly value: unknown }
  | { readonly kind: "failed"; readonly question: number; readonly problem: string }
  | { readonly kind: "pressed"; readonly audio: number; readonly tones: string }
  | { readonly kind: "gone"; readonly audio: number };
