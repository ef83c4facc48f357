import type { RequestListener } from "node:http";
import type { Clock } from "./clock.js";
import { applyFault } from "./faults/apply-fault.js";
import { controlsFaults } from "./faults/control.js";
import { isCarriedOut } from "./faults/fault.js";
import type { Faults } from "./faults/faults.js";
import type { RequestHandler } from "./http/request-handler.js";
import { send } from "./http/response.js";
import { splitTarget } from "./http/target.js";
import { type LoggedRequest, withoutSecrets } from "./logged-request.js";

/** Answers requests, or makes them fail. */
export function createListener(
  answerTo: RequestHandler,
  faults: Faults,
  clock: Clock,
  log: (entry: LoggedRequest) => void,
): RequestListener {
  return async (request, response) => {
    const target = splitTarget(request.url ?? "/");
    const method = request.method ?? "";
    const fault = controlsFaults(request) ? undefined : faults.take(method, target.path);
    const answer = fault === undefined || isCarriedOut(fault) ? await answerTo(request) : undefined;
    response.setHeader("date", new Date(clock.now).toUTCString());
    if (fault !== undefined) applyFault(fault, request, response, answer);
    else if (answer !== undefined && !response.destroyed) send(response, answer);
    else response.destroy();
    const status = response.headersSent ? response.statusCode : undefined;
    const query = withoutSecrets(target.query);
    log({
      at: new Date(clock.now),
      method,
      path: target.path,
      query,
      status,
      fault: fault?.how,
    });
  };
}
