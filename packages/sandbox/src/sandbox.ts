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
import { type SandboxClock, shareClock } from "./shared-clock.js";
import { publicPem } from "./signing-key.js";
import { type CallSnapshot, snapshotOf } from "./switch/snapshot.js";
import { type CallObserver, Switch } from "./switch/switch.js";

/** What a client needs to use one of the sandbox's default accounts. */
export interface Credentials {
  /** The sandbox's address, which corresponds to sipgate's `https://api.sipgate.com/v2`. */
  readonly baseUrl: string;
  /** The user name for HTTP Basic. */
  readonly tokenId: string;
  /** The password for HTTP Basic. */
  readonly token: string;
}

/** A running sandbox. */
export interface Sandbox {
  /** The address of the REST API. It corresponds to sipgate's `https://api.sipgate.com/v2`. */
  readonly baseUrl: string;
  /** The default account on the classic platform. */
  readonly classic: Credentials;
  /** The default account on the neo platform. */
  readonly neo: Credentials;
  /** All documented credentials, with what they are for. */
  readonly accounts: readonly DocumentedToken[];
  /** The address of the login. It corresponds to sipgate's `https://login.sipgate.com`. */
  readonly loginUrl: string;
  /**
   * The OAuth client of the program that users sign in to, in either realm. It may redirect to any port of this
   * machine.
   */
  readonly client: LoginClient;
  /** The users who can sign in. */
  readonly logins: readonly DocumentedLogin[];
  /** Snapshots of all calls that were placed, oldest first. Calls that were refused aren't among them. */
  readonly calls: readonly CallSnapshot[];
  /** The newest requests (at least 10,000), oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** The newest pushed events (at least 10,000), in the order in which their pushes succeeded or failed. */
  readonly pushes: readonly LoggedPush[];
  readonly clock: SandboxClock;
  /** Faults to inject: how requests fail, and which. */
  readonly faults: FaultList;
  /**
   * The base URL of an address that fails before there is a request. It's opened when it's first asked for.
   * @throws TypeError (rejects) if there is no such kind
   */
  endpoint(kind: EndpointKind): Promise<string>;
  /**
   * The certificate, in PEM, of the authority that has signed the certificates of the endpoints `trusted`, `expired`
   * and `wrong-host`. Its key is public: trust it in tests only.
   */
  readonly certificateAuthority: string;
  /** Resolves when no push is pending. */
  pushed(): Promise<void>;
  /** The public key that verifies the signatures of pushed events: SPKI in PEM. All sandboxes of a process share it. */
  pushPublicKey(): Promise<string>;
  /** Stops the server, all calls and all pushes. Resolves when the port is free again. */
  close(): Promise<void>;
}

/** What to call when something happens. */
export interface Observers {
  request?(request: LoggedRequest): void;
  call?: CallObserver;
  push?(push: LoggedPush): void;
}

/**
 * Starts a sandbox: a sipgate on this machine, with simulated phones. It listens when the promise resolves. Any number
 * of sandboxes can run in one process. They share nothing except the key that signs pushed events and access tokens.
 *
 * @throws TypeError (rejects) if an option is unknown or invalid; the message names every problem
 * @throws Error (rejects) with Node's `code`, such as `EADDRINUSE`, if it can't listen
 * @example
 * ```ts
 * import { createSandbox } from "sipgate-sandbox";
 *
 * const sandbox = await createSandbox({ clock: "manual" });
 * const { baseUrl, tokenId, token } = sandbox.classic;
 * await fetch(`${baseUrl}/sessions/calls`, {
 *   method: "POST",
 *   headers: { authorization: `Basic ${btoa(`${tokenId}:${token}`)}`, "content-type": "application/json" },
 *   body: JSON.stringify({ caller: "e0", callee: "+493023125486" }),
 * });
 * await sandbox.clock.advance(60_000); // milliseconds
 * console.log(sandbox.calls[0]?.end); // { party: "callee", cause: "busy", raw: "busy" }
 * await sandbox.close();
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return startSandbox(options, {});
}

/** Starts a sandbox that reports what happens, as the command line shows it. */
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
  const handle: RequestHandler = async (request) => {
    if (asksForPublicKey(request)) return publicKeyPage();
    if (asksForLogin(request)) return login(request);
    return controlsFaults(request) ? controlFaults(faults, request) : api(request);
  };
  const listener = createListener(handle, faults, clock, (entry) => {
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
    clock: shareClock(clock),
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

/** The host as a URL has it. An address that means "all" is none to connect to, and IPv6 needs brackets. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
