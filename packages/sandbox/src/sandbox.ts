import type { IncomingMessage, ServerResponse } from "node:http";
import { DOCUMENTED_TOKENS, type DocumentedToken } from "./accounts/tokens.js";
import { type Clock, createClock } from "./clock.js";
import { closeServer, createHttpServer, listen } from "./http/listener.js";
import { splitTarget } from "./http/target.js";
import { checkOptions, type SandboxOptions } from "./options.js";
import { PushSettings } from "./push/settings.js";
import { type LoggedRequest, RequestLog } from "./request-log.js";
import { createApi } from "./rest-api/api.js";
import { type CallSnapshot, snapshotOf } from "./switch/snapshot.js";
import { type CallObserver, Switch } from "./switch/switch.js";

/** What a client needs to use one of the sandbox's default accounts. */
export interface Credentials {
  /** As sipgate's `https://api.sipgate.com/v2`. */
  readonly baseUrl: string;
  /** User of HTTP Basic. */
  readonly tokenId: string;
  /** Password of HTTP Basic. */
  readonly token: string;
}

/** A sipgate on this machine. */
export interface Sandbox {
  /** As sipgate's `https://api.sipgate.com/v2`. */
  readonly baseUrl: string;
  /** The default account on the classic platform. */
  readonly classic: Credentials;
  /** The default account on the neo platform. */
  readonly neo: Credentials;
  /** All documented credentials with what they are for. */
  readonly accounts: readonly DocumentedToken[];
  /** All calls that were really placed, oldest first, as they stand now. */
  readonly calls: readonly CallSnapshot[];
  /** The newest requests (at least 10,000), oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly clock: SandboxClock;
  /** Stops the server and all timers. */
  close(): Promise<void>;
}

export interface SandboxClock {
  now(): Date;
  /** Moves a manual clock forward and runs what falls due, in order. Rejects on real time. */
  advance(milliseconds: number): Promise<void>;
}

/** Is told what happens, as it happens. */
export interface Observers {
  request?(request: LoggedRequest): void;
  call?: CallObserver;
}

/** Starts a sipgate on this machine; it listens when the promise resolves. */
export function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return startSandbox(options, {});
}

export async function startSandbox(options: SandboxOptions, observers: Observers): Promise<Sandbox> {
  const { port, host, clock: kind } = checkOptions(options);
  const clock = createClock(kind);
  const telephony = new Switch(clock, (call) => observers.call?.(call));
  const api = createApi(telephony, clock, new PushSettings());
  const log = new RequestLog();
  const server = createHttpServer(async (request, response) => {
    await api(request, response);
    const entry = logEntry(clock, request, response);
    log.add(entry);
    observers.request?.(entry);
  });
  const baseUrl = `http://${urlHost(host)}:${await listen(server, port, host)}/v2`;
  return {
    baseUrl,
    classic: { baseUrl, ...credentials("classic") },
    neo: { baseUrl, ...credentials("neo") },
    accounts: DOCUMENTED_TOKENS,
    get calls() {
      return Array.from(telephony.calls(), snapshotOf);
    },
    get requests() {
      return log.snapshot();
    },
    clock: {
      now: () => new Date(clock.now),
      advance: async (milliseconds) => clock.advance(milliseconds),
    },
    async close() {
      clock.stop();
      await closeServer(server);
      clock.stop();
    },
  };
}

function logEntry(clock: Clock, request: IncomingMessage, response: ServerResponse): LoggedRequest {
  return {
    at: new Date(clock.now),
    method: request.method ?? "",
    ...splitTarget(request.url ?? "/"),
    status: response.headersSent ? response.statusCode : null,
  };
}

function credentials(name: "classic" | "neo"): { tokenId: string; token: string } {
  const found = DOCUMENTED_TOKENS.find((token) => token.name === name);
  if (found === undefined || found.tokenId === null) throw new Error(`There is no token ${name}.`);
  return { tokenId: found.tokenId, token: found.token };
}

/** The host as it stands in a URL: an address that means "all" can't be connected to, and IPv6 needs brackets. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
