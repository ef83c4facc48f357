/**
 * What a phone hears and says in one call. A registered phone brings its own, which only the `Media` of the same package
 * looks into. In place of a simulated phone the other party hears a voice, or after a second itself.
 */
export interface Audio {
  /** A registered phone's, or what is played in place of a simulated one. */
  readonly source: "phone" | "voice" | "echo";
}

/**
 * Connects the audio of phones. This is a port: sipgate-sandbox-phones implements it. Without it nobody hears anything.
 * No method throws.
 */
export interface Media {
  /** Lets two parties hear each other. */
  join(caller: Audio, callee: Audio): Conversation;
}

/**
 * The audio of one connected call. This is a port: sipgate-sandbox-phones implements it. No method throws. Source of
 * the WAVs' format: sipgate's OpenAPI document.
 */
export interface Conversation {
  /**
   * Plays a WAV to both parties, in place of what they say.
   * @param wav mono, 16-bit PCM, 8 kHz, as sipgate asks for; another sound is played if it's anything else
   */
  play(wav: Uint8Array | undefined): void;
  /**
   * Starts to record both voices. `done` gets the recording when it has ended, as a WAV.
   * @param isAnnounced whether both parties hear that
   */
  startRecording(isAnnounced: boolean, done: (recording: Uint8Array) => void): void;
  /** Stops the recording, if there is one. */
  stopRecording(): void;
  /** Ends the conversation, and a recording with it. */
  end(): void;
}

/** For a sandbox without registered phones. */
export const NO_MEDIA: Media = {
  join: () => ({ play() {}, startRecording() {}, stopRecording() {}, end() {} }),
};
