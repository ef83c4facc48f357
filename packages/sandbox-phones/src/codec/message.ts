import type { NameAddress } from "./address.js";
import type { Headers } from "./headers.js";
import type { Via } from "./via.js";

/** What every message has, decoded. */
export interface Essentials {
  readonly headers: Headers;
  readonly via: Via;
  readonly from: NameAddress;
  readonly to: NameAddress;
  readonly callId: string;
  readonly cseq: { readonly number: number; readonly method: string };
  readonly body: Buffer;
}

export interface SipRequest extends Essentials {
  readonly kind: "request";
  readonly method: string;
  /** As it was sent. */
  readonly uri: string;
}

export interface SipResponse extends Essentials {
  readonly kind: "response";
  readonly status: number;
  readonly reason: string;
}

export type SipMessage = SipRequest | SipResponse;

/** What isn't a proper message. */
export interface Malformed {
  readonly kind: "malformed";
  readonly problem: string;
  /** The headers that an error response repeats, if it was a request that can be answered. */
  readonly answerable: readonly (readonly [name: string, value: string])[] | undefined;
}

/** A message to send. `Content-Length` is added. */
export interface Outgoing {
  /** Such as `INVITE sip:e0@127.0.0.1 SIP/2.0` or `SIP/2.0 200 OK`. */
  readonly startLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

export function tagOf({ parameters }: NameAddress): string {
  return parameters.get("tag") ?? "";
}
