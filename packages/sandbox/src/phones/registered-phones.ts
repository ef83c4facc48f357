import type { Inspector } from "./inspector.js";
import type { Media } from "./media.js";
import type { Exchange, Registrar } from "./registrar.js";

/** What sipgate-sandbox-phones is: everything that has to do with phones that people or programs register. */
export interface RegisteredPhones {
  readonly registrar: Registrar;
  readonly media: Media;
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
