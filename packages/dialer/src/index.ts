// sipgate-dialer for programs: its server, such as for tests.
import { join } from "node:path";
import { type Dialer, type DialerOptions, startDialerWith } from "./start-dialer.js";

export type { Profile } from "./account/accounts.js";
export type { Dialer, DialerOptions };

/**
 * Starts the dialer's server.
 *
 * @throws Error (rejects) with Node's `code`, such as `EADDRINUSE`, if it can't listen
 * @throws InvalidSettingsError (rejects) if no account was given and sipgate-sandbox isn't installed
 * @example
 * ```ts
 * import { startDialer } from "sipgate-dialer";
 *
 * const dialer = await startDialer({ port: 0 });
 * console.log(dialer.opener()); // open this file in a browser
 * await dialer.close();
 * ```
 */
export function startDialer(options: DialerOptions = {}): Promise<Dialer> {
  return startDialerWith(join(__dirname, "page"), options);
}
