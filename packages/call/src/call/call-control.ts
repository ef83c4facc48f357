import { InvalidRequestError, type Problem } from "./errors.js";
import { readPhoneNumber } from "./phone-number.js";
import { printable } from "./printable.js";
import type { CallCommand, RequestOptions, Telephony } from "./telephony.js";

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

/** The controls of one call. Input is checked before anything is sent. */
export function controlsOf(
  telephony: Pick<Telephony, "command">,
  callId: string,
  defaultCountry?: string,
): CallControls {
  const send = async (command: CallCommand, options?: RequestOptions) =>
    telephony.command(checkedId(callId), command, options);
  return {
    hangUp: (options) => send({ kind: "hang-up" }, options),
    mute: (on = true, options) => send({ kind: "mute", on }, options),
    hold: (on = true, options) => send({ kind: "hold", on }, options),
    sendDtmf: async (sequence, options) => send({ kind: "dtmf", sequence: checkedDtmf(sequence) }, options),
    transfer: async (target, options) => send(await checkedTransfer(target, defaultCountry), options),
    record: ({ on, announced = true }, options) => send({ kind: "record", on, announced }, options),
    announce: async (url, options) => send({ kind: "announce", url: checkedSound(url) }, options),
  };
}

/** An id such as `..` or an empty one would address something else than a call. */
function checkedId(callId: unknown): string {
  if (typeof callId === "string" && /^[!-~]{1,1000}$/.test(callId) && !/^\.{1,2}$/.test(callId))
    return callId;
  const remedy = "Give the sessionId that placing the call answered.";
  throw new InvalidRequestError([problem("callId", "It isn't the id of a call.", remedy)]);
}

function checkedDtmf(sequence: string): string {
  if (/^[0-9A-D*#]{1,100}$/i.test(sequence)) return sequence.toUpperCase();
  const message = `"${printable(sequence)}" isn't a sequence of tones.`;
  throw new InvalidRequestError([problem("sequence", message, "Use 0 to 9, A to D, * and #, at most 100.")]);
}

async function checkedTransfer(target: TransferTarget, country?: string): Promise<CallCommand> {
  const problems: Problem[] = [];
  const number = async (field: string, text: string) => {
    const result = await readPhoneNumber(text, country);
    if (result.ok) return result.number;
    problems.push(problem(field, result.message, result.remedy));
    return undefined;
  };
  const to = await number("to", target.to);
  const callerId = target.callerId === undefined ? undefined : await number("callerId", target.callerId);
  if (to === undefined || problems.length > 0) throw new InvalidRequestError(problems);
  return { kind: "transfer", to, attended: target.attended ?? false, callerId };
}

function checkedSound(url: string): string {
  if (/^https?:\/\/[^\s]+$/.test(url)) return url;
  const message = `"${printable(url)}" isn't the URL of a sound.`;
  throw new InvalidRequestError([
    problem("url", message, "Give an http or https URL of a WAV file (mono, 16 bit, 8 kHz)."),
  ]);
}

function problem(field: string, message: string, remedy: string): Problem {
  return { field, code: "invalid", message, remedy };
}
