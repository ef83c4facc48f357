import type { Clock } from "../../call/clock.js";
import { ownSignal } from "../../call/request-options.js";
import type { RequestOptions, SendOptions } from "../../call/telephony.js";
import { areRenewing, authorization, authorizationAfter, type Credentials } from "../auth/credentials.js";
import type { Limits } from "../auth/fresh-token.js";
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from "../http/http.js";
import { parseObject, WireError } from "../http/json.js";
import { networkError } from "../http/network-errors.js";
import { redactionOf } from "../http/redaction.js";
import { retryRead } from "../http/retry.js";
import { basePathOf } from "../http/urls.js";
import { refusal, unexpected } from "./refusals.js";
import type { NotFound, RequestContext } from "./request-context.js";

/** One request to sipgate's API. */
export interface ApiRequest {
  readonly method: HttpRequest["method"];
  /** Path below the base URL, with its query, e.g. `/numbers?offset=0`. */
  readonly path: string;
  /** Which version of the API has it. Default: the one that the base URL names. */
  readonly version?: 3;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What for, as the end of "sipgate didn't …". */
  readonly purpose: string;
  /** The scope it takes. */
  readonly scope: string;
  /** Whether it rings phones. Default: false. */
  readonly placesCall?: boolean;
  /** Fields that may hold a placed call's id: a response with one is no refusal, whatever its status below 500. */
  readonly callIdFields?: readonly string[];
  /** The id of the call that's in the path: no error repeats it, since it encodes phone numbers. */
  readonly callId?: string;
  /** What a 404 means, if it needn't be a wrong base URL. */
  readonly notFound?: NotFound;
}

type Answer = ReturnType<typeof parseObject>;

/** A request as it would be sent, without credentials. */
export interface DescribedRequest {
  /** E.g. `POST`. */
  readonly method: string;
  /** With the base URL of the client. */
  readonly url: string;
  /** Header names in lower case; the value of `authorization` is redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON that is sent. Undefined if there is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** sipgate's API as something that answers requests or throws a `CallError`. */
export interface ApiClient {
  /** The response, whatever its status below 500. @throws CallError if none came */
  send(request: ApiRequest, options?: RequestOptions): Promise<HttpResponse>;
  /** Waits for a success that holds nothing. @throws CallError for any other response */
  command(request: ApiRequest, options?: RequestOptions): Promise<void>;
  /** What `decode` makes of a response, if that is a success. @throws CallError for any other */
  judge<T>(
    request: ApiRequest,
    response: HttpResponse,
    decode: (answer: Answer, response: HttpResponse) => T,
  ): T;
  /** Opens the connection for a request that rings phones, as far as the runtime can. Sends nothing. */
  openForCall(): void;
  /** The request as it would be sent. Sends nothing. */
  describe(request: ApiRequest): DescribedRequest;
  /** What `decode` makes of a successful response. @throws CallError for any other */
  read<T>(
    request: ApiRequest,
    decode: (answer: Answer, response: HttpResponse) => T,
    options?: SendOptions,
  ): Promise<T>;
}

export interface ApiSettings {
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Milliseconds for each request, including all attempts. */
  readonly timeoutMs: number;
  /** Whether reads are retried if they fail temporarily. Requests that change something never are. */
  readonly retriesReads: boolean;
}

export function createApiClient(settings: ApiSettings, transport: Transport): ApiClient {
  const { clock } = settings;
  const server = new URL(settings.baseUrl);
  const basePath = basePathOf(server);
  /** For the credentials sent last, which in most clients are always the same. */
  let latest = { authorized: "", redact: (text: string) => text };
  const redacted = (text: string, authorized: string, callId: string | undefined) => {
    if (latest.authorized !== authorized) {
      latest = { authorized, redact: redactionOf(secretsOf(authorized, settings.credentials)) };
    }
    const body = latest.redact(text);
    return callId === undefined ? body : redactionOf([callId])(body);
  };
  /** One attempt: the response, or why none came. */
  const attempt = async (
    request: ApiRequest,
    authorized: string,
    number: number,
    { timeout, signal }: Limits,
    beforeFirstByte: SendOptions["beforeSending"],
  ) => {
    const { method, path, body } = request;
    try {
      const response = await transport({
        method,
        server,
        path: (request.version === 3 ? atVersion3(basePath) : basePath) + path,
        headers: headersOf(request, authorized),
        body: body === undefined ? undefined : JSON.stringify(body),
        attempt: number,
        timeout,
        signal,
        neverRetry: request.placesCall ?? false,
        beforeFirstByte: request.placesCall ? beforeFirstByte : undefined,
      });
      // A proxy that shows what it was sent must not bring credentials into an error.
      return {
        ...response,
        body: redacted(response.body, authorized, request.callId),
      };
    } catch (error) {
      if (error instanceof TransportError) return error;
      throw error;
    }
  };

  /** Attempts that renew the token at most once: a 401 means that nothing was done. */
  const attempts = (request: ApiRequest, beforeSending: SendOptions["beforeSending"]) => {
    const { credentials } = settings;
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
  };

  const send = async (request: ApiRequest, options?: SendOptions) => {
    const { timeoutMs = settings.timeoutMs } = options ?? {};
    const signal = ownSignal(options?.signal);
    const deadline = clock.monotonicMs() + timeoutMs;
    const ask = attempts(request, options?.beforeSending);
    let answer = await ask({ clock, timeout: timeoutMs, signal });
    if (settings.retriesReads && request.method === "GET" && !isSuccess(answer)) {
      answer = await retryRead(answer, (timeout) => ask({ clock, timeout, signal }), {
        clock,
        deadline,
        signal,
      });
    }
    if (answer instanceof TransportError) throw networkError(answer, context(request));
    return answer;
  };

  const context = (request: ApiRequest): RequestContext => ({
    purpose: request.purpose,
    placesCall: request.placesCall ?? false,
    notFound: request.notFound,
    scope: request.scope,
    // A call's id encodes phone numbers.
    request: `${request.method} ${request.path.split("?")[0]?.replace(/^\/calls\/[^/]+/, "/calls/{callId}")}`,
    baseUrl: settings.baseUrl,
    signedIn: areRenewing(settings.credentials),
    clock,
  });

  const checkSuccess = (request: ApiRequest, response: HttpResponse) => {
    if (isSuccess(response)) return;
    if (holdsId(response, request)) throw unexpected(response, context(request));
    throw refusal(response, context(request));
  };

  const judge: ApiClient["judge"] = (request, response, decode) => {
    checkSuccess(request, response);
    try {
      return decode(parseObject(response.body), response);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw unexpected(response, context(request));
    }
  };

  return {
    send,
    judge,
    openForCall: () => transport.openForCall?.(server),
    describe(request) {
      const scheme = "tokenId" in settings.credentials ? "Basic" : "Bearer";
      return {
        method: request.method,
        url: (request.version === 3 ? atVersion3(settings.baseUrl) : settings.baseUrl) + request.path,
        headers: headersOf(request, `${scheme} (redacted)`),
        body: request.body,
      };
    },
    async command(request, options) {
      const response = await send(request, options);
      checkSuccess(request, response);
      if (response.body.trim() === "") return;
      // A page from a proxy in between is no success.
      if (!isJson(response.body)) throw unexpected(response, context(request));
    },
    read: async (request, decode, options) => judge(request, await send(request, options), decode),
  };
}

const atVersion3 = (base: string): string => base.replace(/\/v2$/, "/v3");

function secretsOf(authorized: string, credentials: Credentials): string[] {
  const sent = authorized.slice(authorized.indexOf(" ") + 1);
  return "token" in credentials ? [sent, credentials.token] : [sent];
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

function isSuccess(answer: HttpResponse | TransportError): boolean {
  return !(answer instanceof TransportError) && answer.status >= 200 && answer.status <= 299;
}

/** Whether a response holds the id of a call, as the response to a call request that was carried out does. */
function holdsId(answer: HttpResponse | TransportError, { callIdFields = [] }: ApiRequest): boolean {
  // A server error itself says that nothing is known.
  if (answer instanceof TransportError || answer.status >= 500 || callIdFields.length === 0) return false;
  try {
    const body = parseObject(answer.body);
    // However long it is.
    return callIdFields.map((field) => body[field]).some((id) => typeof id === "string" && id.trim() !== "");
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}

function isUnauthorized(answer: HttpResponse | TransportError): boolean {
  return !(answer instanceof TransportError) && answer.status === 401;
}

function headersOf(request: ApiRequest, authorizationValue: string): Record<string, string> {
  return {
    accept: "application/json",
    authorization: authorizationValue,
    "user-agent": `sipgate-call/${SIPGATE_CALL_VERSION}`,
    ...(request.body === undefined ? {} : { "content-type": "application/json" }),
  };
}
