import { DOCUMENTED_TOKENS } from "./accounts/tokens.js";
import { BoundedLog } from "./bounded-log.js";
import { createClock } from "./clock.js";
import { AUTHORITY } from "./faults/certificates.js";
import { controlFaults, controlsFaults } from "./faults/control.js";
import { Endpoints } from "./faults/endpoints.js";
import { Faults } from "./faults/faults.js";
import { History } from "./history/history.js";
import type { RequestHandler } from "./http/request-handler.js";
import { closeServer, createHttpServer, listen } from "./http/server.js";
import { TrustedHosts } from "./http/trusted-hosts.js";
import { TrustedOrigins } from "./http/trusted-origins.js";
import { createListener } from "./listener.js";
import type { LoggedRequest } from "./logged-request.js";
import { CLIENT } from "./login/client.js";
import { asksForLogin, createLogin } from "./login/login-realms.js";
import { DOCUMENTED_LOGINS } from "./login/logins.js";
import { Sessions } from "./login/sessions.js";
import { checkOptions, type SandboxOptions } from "./options.js";
import { AddedDevices } from "./phones/added-devices.js";
import { createExchange } from "./phones/exchange.js";
import { loadPhones } from "./phones/load-phones.js";
import { type Media, NO_MEDIA } from "./phones/media.js";
import { PhoneBook } from "./phones/phone-book.js";
import type { RegisteredPhones } from "./phones/registered-phones.js";
import { sipAddressesOf } from "./phones/sip-addresses.js";
import { createUpgrade } from "./phones/websocket-upgrade.js";
import type { LoggedPush } from "./push/logged-push.js";
import { asksForPublicKey, publicKeyPage } from "./push/public-key-page.js";
import { Pusher } from "./push/pusher.js";
import { PushSettings } from "./push/settings.js";
import { Recordings } from "./recordings/recordings.js";
import { createApi } from "./rest-api/api.js";
import type { Sandbox } from "./sandbox.js";
import { shareClock } from "./shared-clock.js";
import { publicPem } from "./signing-key.js";
import { asksForCallPage, type CallPageContext, callPage } from "./start-page/call-page.js";
import { asksForStartPage, type StartPageContext, startPage } from "./start-page/start-page.js";
import { snapshotOf } from "./switch/snapshot.js";
import { type CallObserver, Switch } from "./switch/switch.js";

/** Functions to call when something happens. */
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
  const { port, host, allowHosts, cors, strict, keep, clock: kind, pushUrl, phones } = checkOptions(options);
  const startPhones = phones === undefined ? undefined : await loadPhones();
  const clock = createClock(kind);
  const pushSettings = new PushSettings();
  const pusher = new Pusher(
    (call) => pushSettings.of(call.account).outgoingUrl || pushUrl,
    keep,
    (push) => observers.push?.(push),
  );
  const history = new History(clock, keep);
  let registered: RegisteredPhones | undefined;
  const media: Media = {
    join: (caller, callee) => (registered?.media ?? NO_MEDIA).join(caller, callee),
  };
  const telephony = new Switch(clock, keep, media, (call) => {
    observers.call?.(call);
    history.follow(call);
    pusher.follow(call, clock.now);
  });
  const callees = phones?.callees ?? new Map<string, string>();
  const phoneBook = new PhoneBook(clock, () => registered?.registrar, callees);
  const addedDevices = new AddedDevices([...new Set(callees.values())]);
  if (phones !== undefined && startPhones !== undefined) {
    const exchange = createExchange({ switch: telephony, phones: phoneBook, addedDevices });
    registered = await startPhones(exchange, { ...phones, host });
  }
  const server = createHttpServer();
  const listening = listen(server, port, host);
  await listening.catch(() => registered?.close());
  const origin = `http://${urlHost(host)}:${await listening}`;
  const recordings = new Recordings(clock);
  const sessions = new Sessions(clock);
  const login = createLogin(sessions, clock, origin);
  const api = createApi(
    {
      switch: telephony,
      history,
      phones: phoneBook,
      pushSettings,
      addedDevices,
      recordings,
      origin,
      sipAddresses: () => sipAddressesOf(registered?.registrar, origin),
      strict,
    },
    (token) => sessions.identityOf(token),
  );
  const log = new BoundedLog<LoggedRequest>(keep);
  const faults = new Faults();
  const [hosts, origins] = [new TrustedHosts(host, allowHosts), new TrustedOrigins(cors)];
  const listener = createListener(
    handlerOf({
      api,
      login,
      faults,
      page: {
        origin,
        calls: () => telephony.calls(),
        phones:
          registered === undefined
            ? undefined
            : { sipServer: registered.registrar.sipServer, registered: registered.inspector.phones },
        requests: () => log.snapshot(),
      },
      callPage: { find: (id) => telephony.find(id), inspector: registered?.inspector, recordings },
    }),
    {
      hosts,
      origins,
      faults,
      clock,
      log(entry) {
        log.add(entry);
        observers.request?.(entry);
      },
    },
  );
  server.on("request", listener);
  if (registered !== undefined) server.on("upgrade", createUpgrade(registered.registrar, hosts, origins));
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
    sipServer: registered?.registrar.sipServer,
    clock: shareClock(clock),
    faults,
    endpoint: (kind) => endpoints.baseUrl(kind),
    certificateAuthority: AUTHORITY,
    pushed: () => pusher.settled(),
    pushPublicKey: publicPem,
    async close() {
      clock.stop();
      await registered?.close();
      await Promise.all([pusher.close(), closeServer(server), endpoints.close()]);
      clock.stop();
    },
  };
}

/** The parts of the sandbox that handle requests. */
interface Parts {
  readonly api: RequestHandler;
  readonly login: RequestHandler;
  readonly faults: Faults;
  readonly page: StartPageContext;
  readonly callPage: CallPageContext;
}

/** Hands each request to the part of the sandbox that its path belongs to. */
function handlerOf({ api, login, faults, page, callPage: context }: Parts): RequestHandler {
  return async (request) => {
    if (asksForStartPage(request)) return startPage(page);
    if (asksForCallPage(request)) return callPage(request.url ?? "/", context);
    if (asksForPublicKey(request)) return publicKeyPage();
    if (asksForLogin(request)) return login(request);
    return controlsFaults(request) ? controlFaults(faults, request) : api(request);
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
