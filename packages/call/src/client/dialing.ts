// What the command line does with a client beyond its methods: it checks a call and places it at once.
import type { CheckedCallRequest } from "../call/call-request.js";
import type { Clock } from "../call/clock.js";
import type { InvalidRequestError } from "../call/errors.js";
import type { Preflight, PreflightScope } from "../call/preflight/preflight.js";
import { PREFLIGHT_LIMIT_MS } from "../call/preflight/time-limit.js";
import type { Platform } from "../call/telephony.js";
import { signalAfter } from "../call/wait.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";
import type { RecentReads } from "../sipgate/platform/recent-read.js";

/** What an earlier process has found out about the account. */
export interface KnownAccount {
  readonly userId: string;
  readonly platform: Platform;
}

/** What only the command line uses of a client. */
export interface Dialing {
  /** Takes for right what an earlier process has found, until a response says otherwise. */
  suppose(known: KnownAccount): void;
  /** Begins to read what a preflight is going to. */
  readAhead(): void;
  /** Opens the connection for the call request. Sends nothing. */
  openForCall(): void;
  /** As the client's, of a request that was checked before. */
  preflight(scope: PreflightScope, request: CheckedCallRequest | InvalidRequestError): Promise<Preflight>;
  /** From now on nothing is taken for known that sipgate hasn't said. */
  forgetKnown(): void;
  /** What the preflight has found out, if both are known. */
  found(): Promise<KnownAccount | undefined>;
}

/** What dialling uses of the client that it belongs to. */
interface Parts {
  readonly clock: Clock;
  readonly api: ApiClient;
  readonly finder: PlatformFinder;
  readonly recent: RecentReads;
  readonly preflight: Dialing["preflight"];
}

export function createDialing({ clock, api, finder, recent, preflight }: Parts): Dialing {
  return {
    suppose(known) {
      finder.suppose(known.platform);
      recent.user.suppose({ id: known.userId, account: undefined, domain: undefined, locale: undefined });
    },
    readAhead: () => readAhead(clock, finder, recent),
    openForCall: () => api.openForCall(),
    preflight,
    forgetKnown() {
      finder.suppose(undefined);
      for (const read of Object.values(recent)) read.forget();
    },
    async found() {
      const platform = await finder.find();
      return platform && { userId: (await recent.user.recent()).id, platform };
    },
  };
}

/**
 * Reads what a preflight does. The devices need user and platform, so these get the first connections; nothing waits for
 * the balance. The preflight tells of failures.
 */
function readAhead(clock: Clock, finder: PlatformFinder, recent: RecentReads): void {
  const { devices, balance, restrictions, channels } = recent;
  const { signal, cancel } = signalAfter(clock, PREFLIGHT_LIMIT_MS);
  const how = { signal };
  const platform = finder.find(how);
  const read = [
    devices.recent(how),
    new Promise<void>((resolve) => clock.after(0, resolve)).then(() => balance.recent(how)),
    platform.then((found) => (found === "neo" ? channels.recent(how) : undefined)),
    platform.then(() => restrictions.recent(how)),
  ];
  void Promise.allSettled(read).then(cancel);
}
