import { type Clock, systemClock } from "../../call/clock.js";
import { InvalidSettingsError } from "../../call/errors.js";
import type { Platform } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import { createClientParts } from "../../client/create-client.js";
import type { Dialing } from "../../client/dialing.js";
import type { Credentials } from "../../sipgate/auth/credentials.js";
import type { EarlySockets } from "../../sipgate/http/early-sockets.js";
import type { OpenTransport } from "../../sipgate/http/http.js";
import { createNodeTransport } from "../../sipgate/http/http-node.js";
import { named, type Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { proxyOf } from "./proxy.js";
import { keyStore } from "./shared-store.js";

/** A client, and what has to be closed after use. */
export interface Connection {
  readonly client: Client;
  readonly dialing: Dialing;
  /** Identifies the account and its server. Holds no secret. */
  readonly account: string;
  /** Whether it surely is the same account and user whenever that is the same. */
  readonly isOneUser: boolean;
  readonly sandbox: boolean;
  /** The sign-in in use, if any. */
  readonly profile?: string;
  /** Where a call stands in an embedded sandbox, in the sandbox's words. */
  readonly stateInSandbox?: (callId: string) => string | undefined;
  /** The key that an embedded sandbox signs its pushed events with, PEM. */
  pushKey?(): Promise<string>;
  close(): Promise<void>;
}

/** The system's, without `performance`: for its sake Node 20 would load ten modules at each start. */
const clock: Clock = { ...systemClock, monotonicMs: () => process.uptime() * 1_000 };

/**
 * @param sockets that were opened for its first requests
 * @throws InvalidSettingsError naming everything that's wrong, each setting as the user gave it
 */
export function clientFor(
  credentials: Credentials,
  baseUrl: string | undefined,
  settings: Settings,
  { trace }: Output,
  sockets?: EarlySockets,
): { readonly client: Client; readonly dialing: Dialing } {
  try {
    const options = {
      credentials,
      baseUrl,
      // Checked by the client, which names what's wrong with it.
      platform: settings.platform?.value as "auto" | Platform | undefined,
      defaultCountry: settings.country?.value,
      timeoutMs: timeoutOf(settings),
      clock,
      trace,
    };
    const choose = proxyOf(settings, baseUrl);
    const open: OpenTransport = (clock) => createNodeTransport(clock, undefined, choose, sockets);
    return createClientParts(open, options, { defaultStore: keyStore });
  } catch (error) {
    throw error instanceof InvalidSettingsError
      ? new InvalidSettingsError(named(error.problems, settings))
      : error;
  }
}

/** In milliseconds. @throws InvalidSettingsError if it isn't a number of seconds */
function timeoutOf({ timeout }: Settings): number | undefined {
  if (timeout === undefined) return undefined;
  const seconds = Number(/^(\d{1,3})s?$/.exec(timeout.value)?.[1]);
  if (seconds >= 1 && seconds <= 600) return seconds * 1000;
  const message = `"${printable(timeout.value)}" isn't a number of seconds from 1 to 600.`;
  const remedy = "Write it like 30 or 30s.";
  throw new InvalidSettingsError([{ field: "timeout", code: "invalid", message, remedy }]);
}
