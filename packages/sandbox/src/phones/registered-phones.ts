import type { Inspector } from "./inspector.js";
import type { Media } from "./media.js";
import type { Exchange, Registrar } from "./registrar.js";

/**
 * Everything that has to do with phones that people or programs register. This is a port: sipgate-sandbox-phones
 * implements it. `close` doesn't reject.
 */
export interface RegisteredPhones {
  /** Where phones register. */
  readonly registrar: Registrar;
  /** What connects their audio. */
  readonly media: Media;
  /** What can be seen of them. */
  readonly inspector: Inspector;
  /** Ends all calls and closes all connections. */
  close(): Promise<void>;
}

/** How phones are set up. */
export interface PhonesSettings {
  /** The address to listen on. */
  readonly host: string;
  /** The TCP port for SIP. 0: any free one. */
  readonly sipPort: number;
  /** Whether requests that ring a phone name the call's id in a header, for tests. */
  readonly callIdHeader: boolean;
  /** Gets each SIP message, without what is secret. */
  readonly trace: ((text: string) => void) | undefined;
}

/** Starts to listen for phones. Rejects with Node's `code`, such as `EADDRINUSE`, if that can't be. */
export type StartPhones = (exchange: Exchange, settings: PhonesSettings) => Promise<RegisteredPhones>;
