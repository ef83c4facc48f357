import type { IncomingMessage, RequestListener } from "node:http";
import type { Clock } from "./clock.js";
import { controlsFaults } from "./faults/control.js";
import { isCarriedOut } from "./faults/fault.js";
import type { Faults } from "./faults/faults.js";
import { spoil } from "./faults/spoil.js";
import { type Answer, send } from "./http/answer.js";
import { splitTarget } from "./http/target.js";
import { type LoggedRequest, withoutSecrets } from "./logged-request.js";

/** Carries out one request; never rejects. Null if the client has gone before the request was complete. */
export type Answering = (request: IncomingMessage) => Promise<Answer | null>;

/** Answers requests, or makes them fail. */
export function createListener(
  answerTo: Answering,
  faults: Faults,
  clock: Clock,
  log: (entry: LoggedRequest) => void,
): RequestListener {
  return async (request, response) => {
    const target = splitTarget(request.url ?? "/");
    const method = request.method ?? "";
    const fault = controlsFaults(request) ? null : faults.take(method, target.path);
    const answer = fault === null || isCarriedOut(fault) ? await answerTo(request) : null;
    response.setHeader("date", new Date(clock.now).toUTCString());
    if (fault !== null) spoil(fault, request, response, answer);
    else if (answer !== null && !response.destroyed) send(response, answer);
    else response.destroy();
    const status = response.headersSent ? response.statusCode : null;
    const query = withoutSecrets(target.query);
    log({ at: new Date(clock.now), method, path: target.path, query, status, fault: fault?.how ?? null });
  };
}
