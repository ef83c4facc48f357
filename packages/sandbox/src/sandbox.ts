import type { AddressInfo } from "node:net";
import { ACCOUNTS, type Account, CLASSIC_ACCOUNT, NEO_ACCOUNT } from "./accounts/accounts.js";
import type { Platform } from "./accounts/tenant.js";
import { Clock, type SandboxClock } from "./clock.js";
import { checkedOptions, type SandboxOptions } from "./options.js";
import { createRestServer, type LoggedRequest } from "./rest-api/server.js";
import type { Call, CallState, Cause, Party } from "./switch/call.js";
import { History } from "./switch/history.js";
import { Switch } from "./switch/switch.js";

/** What to call the sandbox with. */
export interface SandboxCredentials {
  readonly baseUrl: string;
  readonly tokenId: string;
  readonly token: string;
}

/** One of the documented accounts. */
export interface SandboxAccount {
  readonly name: string;
  /** What it's for, as a sentence. */
  readonly purpose: string;
  readonly platform: Platform;
  /** Undefined for an OAuth access token. */
  readonly tokenId: string | undefined;
  readonly token: string;
}

/** A call that was really placed: what a client's account of it is held against. */
export interface SandboxCall {
  readonly id: string;
  readonly platform: Platform;
  /** What rang first: an extension or a number. */
  readonly caller: string;
  readonly callee: string;
  /** The number that the callee is shown. */
  readonly callerId: string;
  readonly deviceId: string | undefined;
  readonly channelId: string | undefined;
  readonly state: CallState;
  readonly end: { readonly party: Party; readonly cause: Cause } | undefined;
  readonly placedAt: Date;
  readonly connectedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly muted: boolean;
  readonly hold: boolean;
  readonly recording: boolean;
  readonly dtmf: readonly string[];
  readonly announcements: readonly string[];
}

export interface Sandbox {
  /** Where its API is, e.g. `http://127.0.0.1:8642/v2`. */
  readonly baseUrl: string;
  /** The default account on the classic platform. */
  readonly classic: SandboxCredentials;
  /** The default account on the neo platform. */
  readonly neo: SandboxCredentials;
  /** All accounts: docs/sandbox.md. */
  readonly accounts: readonly SandboxAccount[];
  /** Every call placed so far, as it is now. */
  readonly calls: readonly SandboxCall[];
  /** Every request answered so far. */
  readonly requests: readonly LoggedRequest[];
  readonly clock: SandboxClock;
  /** Stops it and closes every connection. */
  close(): Promise<void>;
}

/** What happens in a sandbox, as it happens. */
export interface SandboxObserver {
  request?(request: LoggedRequest): void;
  call?(call: SandboxCall): void;
}

/**
 * Starts a sipgate on this machine.
 *
 * @throws TypeError naming every option that's wrong
 */
export async function createSandbox(
  options: SandboxOptions = {},
  observer: SandboxObserver = {},
): Promise<Sandbox> {
  const { port, host, clock: kind } = checkedOptions(options);
  const clock = new Clock(kind);
  const history = new History(clock);
  const requests: LoggedRequest[] = [];
  const exchange = new Switch(clock, (call) => {
    if (call.state === "ended") history.add(call);
    observer.call?.(shown(call));
  });
  const server = createRestServer({ clock, switch: exchange, history }, (request) => {
    requests.push(request);
    observer.request?.(request);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const baseUrl = `http://${host.includes(":") ? `[${host}]` : host}:${(server.address() as AddressInfo).port}/v2`;
  return {
    baseUrl,
    classic: credentials(CLASSIC_ACCOUNT, baseUrl),
    neo: credentials(NEO_ACCOUNT, baseUrl),
    accounts: ACCOUNTS.map(described),
    get calls() {
      return exchange.calls.map(shown);
    },
    requests,
    clock,
    close: () =>
      new Promise((resolve) => {
        clock.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function credentials({ tokenId = "", token }: Account, baseUrl: string): SandboxCredentials {
  return { baseUrl, tokenId, token };
}

function described({ name, purpose, tenant, tokenId, token }: Account): SandboxAccount {
  return { name, purpose, platform: tenant.platform, tokenId, token };
}

/** A snapshot: what happens later doesn't change it. */
function shown({ account, dtmf, announcements, callerNumber: _, ...call }: Call): SandboxCall {
  return { ...call, platform: account.tenant.platform, dtmf: [...dtmf], announcements: [...announcements] };
}
