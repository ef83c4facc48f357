import { DOCUMENTED_TOKENS, type DocumentedToken } from "./accounts/tokens.js";
import { BoundedLog } from "./bounded-log.js";
import { createClock } from "./clock.js";
import { AUTHORITY } from "./faults/certificates.js";
import { controlFaults, controlsFaults } from "./faults/control.js";
import { type EndpointKind, Endpoints } from "./faults/endpoints.js";
import { type FaultList, Faults } from "./faults/faults.js";
import type { RequestHandler } from "./http/request-handler.js";
import { closeServer, createHttpServer, listen } from "./http/server.js";
import { createListener } from "./listener.js";
import type { LoggedRequest } from "./logged-request.js";
import { CLIENT, type LoginClient } from "./login/client.js";
import { asksForLogin, createLogin } from "./login/login-realms.js";
import { DOCUMENTED_LOGINS, type DocumentedLogin } from "./login/logins.js";
import { Sessions } from "./login/sessions.js";
import { checkOptions, type SandboxOptions } from "./options.js";
import { PhoneBook } from "./phones/phone-book.js";
import type { LoggedPush } from "./push/logged-push.js";
import { asksForPublicKey, publicKeyPage } from "./push/public-key-page.js";
import { Pusher } from "./push/pusher.js";
import { PushSettings } from "./push/settings.js";
import { createApi } from "./rest-api/api.js";
import { publicPem } from "./signing-key.js";
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
  /** As sipgate's `https://login.sipgate.com`. */
  readonly loginUrl: string;
  /** The program that users can sign in to, in either realm; they're sent back to any address of this machine. */
  readonly client: LoginClient;
  /** Who can sign in. */
  readonly logins: readonly DocumentedLogin[];
  /** All calls that were really placed, oldest first, as they stand now. */
  readonly calls: readonly CallSnapshot[];
  /** The newest requests (at least 10,000), oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** The newest pushed events (at least 10,000) that were answered or given up, oldest first. */
  readonly pushes: readonly LoggedPush[];
  readonly clock: SandboxClock;
  /** Makes requests fail on command. */
  readonly faults: FaultList;
  /** The base URL of an address of this sandbox that can't be used, for the reason that is asked for. */
  endpoint(kind: EndpointKind): Promise<string>;
  /** Who has signed the certificates of the endpoints `trusted`, `expired` and `wrong-host`: PEM. Its key is public. */
  readonly certificateAuthority: string;
  /** Resolves once no event is waiting to be pushed or answered. */
  pushed(): Promise<void>;
  /** What checks the signatures of this sandbox's pushes: SPKI in PEM. */
  pushPublicKey(): Promise<string>;
  /** Stops the server, all timers and pushes. */
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
  push?(push: LoggedPush): void;
}

/** Starts a sipgate on this machine; it listens when the promise resolves. */
export function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return startSandbox(options, {});
}

export async function startSandbox(options: SandboxOptions, observers: Observers): Promise<Sandbox> {
  const { port, host, clock: kind, pushUrl } = checkOptions(options);
  const clock = createClock(kind);
  const pushSettings = new PushSettings();
  const pusher = new Pusher(
    (call) => pushSettings.of(call.account).outgoingUrl || pushUrl,
    (push) => observers.push?.(push),
  );
  const telephony = new Switch(clock, (call) => {
    observers.call?.(call);
    pusher.follow(call, clock.now);
  });
  const server = createHttpServer();
  const origin = `http://${urlHost(host)}:${await listen(server, port, host)}`;
  const sessions = new Sessions(clock);
  const login = createLogin(sessions, clock, origin);
  const api = createApi({ switch: telephony, phones: new PhoneBook(clock), clock, pushSettings }, (token) =>
    sessions.identityOf(token),
  );
  const log = new BoundedLog<LoggedRequest>();
  const faults = new Faults();
  const answer: RequestHandler = async (request) => {
    if (asksForPublicKey(request)) return publicKeyPage();
    if (asksForLogin(request)) return login(request);
    return controlsFaults(request) ? controlFaults(faults, request) : api(request);
  };
  const listener = createListener(answer, faults, clock, (entry) => {
    log.add(entry);
    observers.request?.(entry);
  });
  server.on("request", listener);
  const baseUrl = `${origin}/v2`;
  const endpoints = new Endpoints(listener, origin);
  return {
    baseUrl,
    classic: { baseUrl, ...credentials("classic") },
    neo: { baseUrl, ...credentials("neo") },
    accounts: DOCUMENTED_TOKENS,
    loginUrl: origin,
    client: CLIENT,
    logins: DOCUMENTED_LOGINS,
    get calls() {
      return Array.from(telephony.calls(), snapshotOf);
    },
    get requests() {
      return log.snapshot();
    },
    get pushes() {
      return pusher.log();
    },
    clock: {
      now: () => new Date(clock.now),
      advance: async (milliseconds) => clock.advance(milliseconds),
    },
    faults,
    endpoint: (kind) => endpoints.baseUrl(kind),
    certificateAuthority: AUTHORITY,
    pushed: () => pusher.settled(),
    pushPublicKey: publicPem,
    async close() {
      clock.stop();
      await Promise.all([pusher.close(), closeServer(server), endpoints.close()]);
      clock.stop();
    },
  };
}

function credentials(name: "classic" | "neo"): { tokenId: string; token: string } {
  const found = DOCUMENTED_TOKENS.find((token) => token.name === name);
  if (found === undefined || found.tokenId === undefined) throw new Error(`There is no token ${name}.`);
  return { tokenId: found.tokenId, token: found.token };
}

/** The host as it stands in a URL: an address that means "all" can't be connected to, and IPv6 needs brackets. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
