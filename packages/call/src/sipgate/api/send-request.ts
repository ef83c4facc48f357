// Sends requests to sipgate's API: with credentials, which are renewed if they have to be, and again only if that's safe.
import { ownSignal } from "../../call/request-options.js";
import type { SendOptions } from "../../call/telephony.js";
import { areRenewing, authorization, authorizationAfter, type Credentials } from "../auth/credentials.js";
import type { Limits } from "../auth/fresh-token.js";
import { type HttpResponse, type Transport, TransportError } from "../http/http.js";
import { networkError } from "../http/network-errors.js";
import { redactionOf } from "../http/redaction.js";
import { retryRead } from "../http/retry.js";
import { basePathOf } from "../http/urls.js";
import {
  type ApiRequest,
  type ApiSettings,
  addressOf,
  contextOf,
  headersOf,
  holdsId,
  isSuccess,
} from "./api-request.js";

/** @returns the response, whatever its status below 500. @throws CallError if none came */
export type SendRequest = (request: ApiRequest, options?: SendOptions) => Promise<HttpResponse>;

/** One attempt: the response, or why none came. */
type Attempt = (
  request: ApiRequest,
  authorized: string,
  number: number,
  limits: Limits,
  beforeSending: SendOptions["beforeSending"],
) => Promise<HttpResponse | TransportError>;

export function createSendRequest(settings: ApiSettings, transport: Transport): SendRequest {
  const { clock } = settings;
  const attempt = attemptsBy(settings, transport);
  return async (request, options) => {
    const { timeoutMs = settings.timeoutMs } = options ?? {};
    const signal = ownSignal(options?.signal);
    const deadline = clock.monotonicMs() + timeoutMs;
    const ask = withRenewal(settings, attempt, request, options?.beforeSending);
    let answer = await ask({ clock, timeout: timeoutMs, signal });
    if (settings.retriesReads && request.method === "GET" && !isSuccess(answer)) {
      answer = await retryRead(answer, (timeout) => ask({ clock, timeout, signal }), {
        clock,
        deadline,
        signal,
      });
    }
    if (answer instanceof TransportError) throw networkError(answer, contextOf(request, settings));
    return answer;
  };
}

function attemptsBy({ baseUrl, credentials }: ApiSettings, transport: Transport): Attempt {
  const server = new URL(baseUrl);
  const basePath = basePathOf(server);
  const redacted = createRedaction(credentials);
  return async (request, authorized, number, { timeout, signal }, beforeSending) => {
    try {
      const response = await transport({
        method: request.method,
        server,
        path: addressOf(request, basePath),
        headers: headersOf(request, authorized),
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
        attempt: number,
        timeout,
        signal,
        neverRetry: request.placesCall ?? false,
        beforeFirstByte: request.placesCall ? beforeSending : undefined,
      });
      return { ...response, body: redacted(response.body, authorized, request.callId) };
    } catch (error) {
      if (error instanceof TransportError) return error;
      throw error;
    }
  };
}

/** Attempts that renew the token at most once: a 401 means that nothing was done. */
function withRenewal(
  { clock, credentials }: ApiSettings,
  attempt: Attempt,
  request: ApiRequest,
  beforeSending: SendOptions["beforeSending"],
) {
  let mayRenew = areRenewing(credentials);
  let number = 0;
  return async (limits: Limits) => {
    const deadline = clock.monotonicMs() + limits.timeout;
    const authorized = await authorization(credentials, limits);
    const answer = await attempt(request, authorized, ++number, limits, beforeSending);
    if (!mayRenew || !areRenewing(credentials) || !isUnauthorized(answer)) return answer;
    if (holdsId(answer, request)) return answer;
    mayRenew = false;
    const left = () => ({ ...limits, timeout: Math.max(1, deadline - clock.monotonicMs()) });
    const renewed = await authorizationAfter(authorized, credentials, left());
    return attempt(request, renewed, ++number, left(), beforeSending);
  };
}

function isUnauthorized(answer: HttpResponse | TransportError): boolean {
  return !(answer instanceof TransportError) && answer.status === 401;
}

/** A proxy that shows what it was sent must not bring credentials into an error. */
function createRedaction(credentials: Credentials) {
  /** For the credentials sent last, which in most clients are always the same. */
  let latest = { authorized: "", redact: (text: string) => text };
  return (text: string, authorized: string, callId: string | undefined): string => {
    if (latest.authorized !== authorized)
      latest = { authorized, redact: redactionOf(secretsOf(authorized, credentials)) };
    const body = latest.redact(text);
    return callId === undefined ? body : redactionOf([callId])(body);
  };
}

function secretsOf(authorized: string, credentials: Credentials): string[] {
  const sent = authorized.slice(authorized.indexOf(" ") + 1);
  return "token" in credentials ? [sent, credentials.token] : [sent];
}
