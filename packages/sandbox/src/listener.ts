import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Clock } from "./clock.js";
import { applyFault } from "./faults/apply-fault.js";
import { controlsFaults } from "./faults/control.js";
import { type Fault, isCarriedOut } from "./faults/fault.js";
import type { Faults } from "./faults/faults.js";
import { type Access, accessOf } from "./http/access.js";
import { Problem } from "./http/problem.js";
import type { RequestHandler } from "./http/request-handler.js";
import { problemResponse, send } from "./http/response.js";
import { splitTarget } from "./http/target.js";
import type { TrustedHosts } from "./http/trusted-hosts.js";
import type { TrustedOrigins } from "./http/trusted-origins.js";
import { type LoggedRequest, shortened, withoutSecrets } from "./logged-request.js";

/** What a listener needs to know. */
export interface ListenerContext {
  readonly hosts: TrustedHosts;
  readonly origins: TrustedOrigins;
  readonly faults: Faults;
  readonly clock: Clock;
  log(entry: LoggedRequest): void;
}

/** Hands requests to `handle`, unless they come from the wrong place or a fault prevents it, and logs them. */
export function createListener(handle: RequestHandler, context: ListenerContext): RequestListener {
  const { hosts, origins, faults, clock, log } = context;
  return async (request, outgoing) => {
    const target = splitTarget(request.url ?? "/");
    const method = request.method ?? "";
    const access = accessOf(request, hosts, origins);
    const canFail = access.response === undefined && !controlsFaults(request);
    const fault = canFail ? faults.take(method, target.path) : undefined;
    outgoing.setHeader("date", new Date(clock.now).toUTCString());
    outgoing.setHeaders(new Map(Object.entries(access.headers)));
    try {
      if (access.response === undefined) await respond(handle, fault, request, outgoing);
      else sendAtOnce(outgoing, access.response);
    } catch {
      // Whatever it is, it concerns this request only: a rejection here would end the whole process.
      outgoing.destroy();
    }
    log({
      at: new Date(clock.now),
      method,
      path: shortened(target.path),
      query: shortened(withoutSecrets(target.query)),
      status: outgoing.headersSent ? outgoing.statusCode : undefined,
      fault: fault?.how,
    });
  };
}

function sendAtOnce(outgoing: ServerResponse, response: NonNullable<Access["response"]>): void {
  send(outgoing, response instanceof Problem ? problemResponse(response) : response);
}

async function respond(
  handle: RequestHandler,
  fault: Fault | undefined,
  request: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (fault !== undefined && !isCarriedOut(fault)) {
    applyFault(fault, request, outgoing, undefined);
    return;
  }
  const response = await handle(request);
  if (response === undefined || outgoing.destroyed) outgoing.destroy();
  else if (fault === undefined) send(outgoing, response);
  else applyFault(fault, request, outgoing, response);
}
