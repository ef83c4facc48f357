import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Phone, PhoneCall, Report } from "./phone.js";

/** What a phone registers as: a device of an account. */
export interface Extension {
  /** The account's id. */
  readonly account: string;
  /** Such as `e0`. */
  readonly deviceId: string;
}

/** A phone that is registered. */
export interface Registration {
  /** What the phone calls itself. */
  readonly userAgent: string;
  /** The address that it registered from. */
  readonly ip: string;
  /** The port that it registered from. */
  readonly port: number;
}

/**
 * Where phones register, and who is online. This is a port: sipgate-sandbox-phones implements it. No method throws.
 */
export interface Registrar {
  /** The SIP server's `host:port`. */
  readonly sipServer: string;
  /** The phones that are registered at an extension: the first to register is the first. */
  phonesOf(extension: Extension): readonly Phone[];
  /** The same phones, with what is known of each. */
  registrationsOf(extension: Extension): readonly Registration[];
  /** Takes over a connection whose Host and Origin were checked, to speak SIP over WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** What the registrar asks the sandbox. This is a port: the sandbox implements it. No method throws. */
export interface Exchange {
  /** The extension with this SIP user name and its password; `undefined` if there is none. */
  credentialsOf(username: string): { readonly extension: Extension; readonly password: string } | undefined;
  /**
   * A phone begins a call. It counts as answered: `ringback` and `connected` tell it what the callee does, `hangUp` that
   * the call is over. Nothing is called before this has returned.
   *
   * @param dialled what was dialled: a number as people write it, or an extension
   * @returns where to report what happens at the phone; `undefined` if nothing can be called like that
   */
  dial(phone: Phone, extension: Extension, dialled: string, call: PhoneCall): DialledCall | undefined;
}

/** A call that a phone has begun. */
export interface DialledCall {
  /** The id that the REST API has for it. */
  readonly callId: string;
  /** Where the phone reports what happens at it. */
  readonly report: Report;
}
