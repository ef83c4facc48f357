import { checkRequestOptions } from "../request-options.js";
import type { CallCommand, RequestOptions, Telephony } from "../telephony.js";
import { checkedId, recording, sound, switching, tones, transfer } from "./call-commands.js";

/** What can be done to a running call. Every method may throw a `CallError`; `not-established` if it isn't established. */
export interface CallControls {
  /**
   * Ends the call for everyone. Whether sipgate allows it while a phone still rings isn't known. Source: sipgate's
   * OpenAPI document and its rtcm.md.
   *
   * @throws InvalidRequestError naming everything that is wrong with what was given
   * @throws CallError `not-established` if the call is not established yet, `call-not-found` if it has ended
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * for await (const { state } of call.follow()) if (state === "connected") await call.hangUp();
   * ```
   */
  hangUp(options?: RequestOptions): Promise<void>;
  /**
   * Mutes yourself, or lets you be heard again. Source: sipgate's OpenAPI document and its rtcm.md.
   *
   * @param on whether to begin or to end it. Default: true
   * @throws InvalidRequestError naming everything that is wrong with what was given
   * @throws CallError `not-established` if the call is not established yet, `call-not-found` if it has ended
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * for await (const { state } of call.follow()) if (state === "connected") await call.mute();
   * ```
   */
  mute(on?: boolean, options?: RequestOptions): Promise<void>;
  /**
   * Puts everyone on hold, or resumes. Source: sipgate's OpenAPI document and its rtcm.md.
   *
   * @param on whether to begin or to end it. Default: true
   * @throws InvalidRequestError naming everything that is wrong with what was given
   * @throws CallError `not-established` if the call is not established yet, `call-not-found` if it has ended
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * for await (const { state } of call.follow()) if (state === "connected") await call.hold();
   * ```
   */
  hold(on?: boolean, options?: RequestOptions): Promise<void>;
  /**
   * Sends tones (DTMF) to everyone: 0 to 9, A to D, * and #, at most 100. Source: sipgate's OpenAPI document and its
   * rtcm.md.
   *
   * @throws InvalidRequestError naming everything that is wrong with what was given
   * @throws CallError `not-established` if the call is not established yet, `call-not-found` if it has ended
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * for await (const { state } of call.follow()) if (state === "connected") await call.sendDtmf("123#");
   * ```
   */
  sendDtmf(sequence: string, options?: RequestOptions): Promise<void>;
  /**
   * Connects the other party with another number. Source: sipgate's OpenAPI document and its rtcm.md.
   *
   * @throws InvalidRequestError naming everything that is wrong with what was given
   * @throws CallError `not-established` if the call is not established yet, `call-not-found` if it has ended
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * for await (const { state } of call.follow()) if (state === "connected") await call.transfer({ to: "+49 40 66969 000" });
   * ```
   */
  transfer(target: TransferTarget, options?: RequestOptions): Promise<void>;
  /**
   * Starts or stops a recording, by default with an announcement to everyone. neo refuses to record silently.
   * Source: sipgate's OpenAPI document and its rtcm.md.
   *
   * @throws InvalidRequestError naming everything that is wrong with what was given
   * @throws CallError `not-established` if the call is not established yet, `call-not-found` if it has ended
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * for await (const { state } of call.follow()) if (state === "connected") await call.record({ on: true });
   * ```
   */
  record(recording: Recording, options?: RequestOptions): Promise<void>;
  /**
   * Plays a sound to everyone: the http(s) URL of a mono 16-bit PCM WAV file of 8 kHz. Source: sipgate's OpenAPI
   * document and its rtcm.md.
   *
   * @throws InvalidRequestError naming everything that is wrong with what was given
   * @throws CallError `not-established` if the call is not established yet, `call-not-found` if it has ended
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * for await (const { state } of call.follow()) if (state === "connected") await call.announce("https://www.example.com/closing.wav");
   * ```
   */
  announce(url: string, options?: RequestOptions): Promise<void>;
}

/** To whom a call is transferred. Source: sipgate's OpenAPI document. */
export interface TransferTarget {
  /** The number to connect to, as people write it. */
  readonly to: string;
  /**
   * Whether you talk to the target first.
   *
   * @default false
   */
  readonly attended?: boolean | undefined;
  /**
   * The number that the target sees.
   *
   * @default what sipgate shows
   */
  readonly callerId?: string | undefined;
}

/** Whether and how to record. Source: sipgate's OpenAPI document. That neo refuses `announced: false` is reported. */
export interface Recording {
  /** Whether to record from now on or to stop. */
  readonly on: boolean;
  /**
   * Whether everyone is told. In Germany, recording anyone without consent is a crime (§ 201 StGB).
   *
   * @default true
   */
  readonly announced?: boolean | undefined;
}

/** The controls of one call. Input is checked before anything is sent; wrong input rejects, never throws. */
export function controlsOf(
  telephony: Pick<Telephony, "command">,
  callId: string,
  defaultCountry?: string,
): CallControls {
  const send = async (command: () => CallCommand | Promise<CallCommand>, options?: RequestOptions) => {
    checkRequestOptions(options);
    return telephony.command(checkedId(callId), await command(), options);
  };
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
