import type { BoundedLog } from "./bounded-log.js";
import type { Clock } from "./clock.js";
import { controlFaults, controlsFaults } from "./faults/control.js";
import type { Faults } from "./faults/faults.js";
import type { RequestHandler } from "./http/request-handler.js";
import type { LoggedRequest } from "./logged-request.js";
import { asksForLogin, createLogin } from "./login/login-realms.js";
import { Sessions } from "./login/sessions.js";
import { sipAddressesOf } from "./phones/sip-addresses.js";
import { asksForPublicKey, publicKeyPage } from "./push/public-key-page.js";
import { Recordings } from "./recordings/recordings.js";
import { createApi } from "./rest-api/api.js";
import { asksForCallPage, callPage } from "./start-page/call-page.js";
import { asksForStartPage, startPage } from "./start-page/start-page.js";
import type { Telephony } from "./telephony.js";

interface HandlerContext {
  readonly telephony: Telephony;
  readonly clock: Clock;
  readonly faults: Faults;
  /** The requests so far, which the start page shows. */
  readonly log: BoundedLog<LoggedRequest>;
  /** Where the sandbox is reached, such as `http://127.0.0.1:8888`. */
  readonly origin: string;
  readonly strict: boolean;
}

/** Hands each request to the part of the sandbox that its path belongs to. */
export function createHandler({
  telephony,
  clock,
  faults,
  log,
  origin,
  strict,
}: HandlerContext): RequestHandler {
  const { switch: calls, phoneBook, registered } = telephony;
  const recordings = new Recordings(clock);
  const sessions = new Sessions(clock);
  const login = createLogin(sessions, clock, origin);
  const sipAddresses = () => sipAddressesOf(registered?.registrar, origin);
  const context = { ...telephony, phones: phoneBook, recordings, origin, sipAddresses, strict };
  const api = createApi(context, (token) => sessions.identityOf(token));
  const page = {
    origin,
    calls: () => calls.calls(),
    phones: registered && {
      sipServer: registered.registrar.sipServer,
      registered: registered.inspector.phones,
    },
    requests: () => log.snapshot(),
  };
  const pageOfCall = { find: (id: string) => calls.find(id), inspector: registered?.inspector, recordings };

  return async (request) => {
    if (asksForStartPage(request)) return startPage(page);
    if (asksForCallPage(request)) return callPage(request.url ?? "/", pageOfCall);
    if (asksForPublicKey(request)) return publicKeyPage();
    if (asksForLogin(request)) return login(request);
    return controlsFaults(request) ? controlFaults(faults, request) : api(request);
  };
}
