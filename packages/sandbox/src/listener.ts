import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Clock } from "./clock.js";
import { applyFault } from "./faults/apply-fault.js";
import { controlsFaults } from "./faults/control.js";
import { type Fault, isCarriedOut } from "./faults/fault.js";
import type { Faults } from "./faults/faults.js";
import type { RequestHandler } from "./http/request-handler.js";
import { send } from "./http/response.js";
import { splitTarget } from "./http/target.js";
import { type LoggedRequest, withoutSecrets } from "./logged-request.js";

/** Hands requests to `handle`, unless a fault prevents it, and logs them. */
export function createListener(
  handle: RequestHandler,
  faults: Faults,
  clock: Clock,
  log: (entry: LoggedRequest) => void,
): RequestListener {
  return async (request, outgoing) => {
    const target = splitTarget(request.url ?? "/");
    const method = request.method ?? "";
    const fault = controlsFaults(request) ? undefined : faults.take(method, target.path);
    outgoing.setHeader("date", new Date(clock.now).toUTCString());
    await respond(handle, fault, request, outgoing);
    log({
      at: new Date(clock.now),
      method,
      path: target.path,
      query: withoutSecrets(target.query),
      status: outgoing.headersSent ? outgoing.statusCode : undefined,
      fault: fault?.how,
    });
  };
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
