import type { CallCommand, RequestOptions, Telephony } from "../telephony.js";
import { checkedId, recording, sound, switching, tones, transfer } from "./call-commands.js";

/** What can be done to a running call. Every method may throw a `CallError`; `conflict` if it isn't established. */
export interface CallControls {
  /** Ends the call for everyone. Whether sipgate allows it while a phone still rings isn't known. */
  hangUp(options?: RequestOptions): Promise<void>;
  /** Mutes yourself, or lets you be heard again. Default: true. */
  mute(on?: boolean, options?: RequestOptions): Promise<void>;
  /** Puts everyone on hold, or resumes. Default: true. */
  hold(on?: boolean, options?: RequestOptions): Promise<void>;
  /** Sends tones to everyone: 0 to 9, A to D, * and #. */
  sendDtmf(sequence: string, options?: RequestOptions): Promise<void>;
  /** Connects the other party with another number. */
  transfer(target: TransferTarget, options?: RequestOptions): Promise<void>;
  /** Starts or stops a recording, by default with an announcement to everyone. neo refuses to record silently. */
  record(recording: Recording, options?: RequestOptions): Promise<void>;
  /** Plays a sound to everyone: the http(s) URL of a mono 16-bit PCM WAV file of 8 kHz. */
  announce(url: string, options?: RequestOptions): Promise<void>;
}

export interface TransferTarget {
  /** The number to connect to, as people write it. */
  readonly to: string;
  /** Whether you talk to the target first. Default: false. */
  readonly attended?: boolean | undefined;
  /** The number that the target is shown. */
  readonly callerId?: string | undefined;
}

export interface Recording {
  readonly on: boolean;
  /** Whether everyone is told. Default: true. In Germany, recording anyone without consent is a crime (§ 201 StGB). */
  readonly announced?: boolean | undefined;
}

/** The controls of one call. Input is checked before anything is sent; what's wrong with it rejects, never throws. */
export function controlsOf(
  telephony: Pick<Telephony, "command">,
  callId: string,
  defaultCountry?: string,
): CallControls {
  const send = async (command: () => CallCommand | Promise<CallCommand>, options?: RequestOptions) =>
    telephony.command(checkedId(callId), await command(), options);
  return {
    hangUp: (options) => send(() => ({ kind: "hang-up" }), options),
    mute: (on = true, options) => send(() => switching("mute", on), options),
    hold: (on = true, options) => send(() => switching("hold", on), options),
    sendDtmf: (sequence, options) => send(() => tones(sequence), options),
    transfer: (target, options) => send(() => transfer(target, defaultCountry), options),
    record: (given, options) => send(() => recording(given), options),
    announce: (url, options) => send(() => sound(url), options),
  };
}
