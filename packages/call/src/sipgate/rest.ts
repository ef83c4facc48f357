import { signalOf } from "../call/request-options.js";
import type { PlaceOptions, RequestOptions } from "../call/telephony.js";
import { type Credentials, freshAuthorization, lastingAuthorization } from "./credentials.js";
import type { Asked, NotFound } from "./errors.js";
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from "./http.js";
import { parseObject, WireError } from "./json.js";

/** One request to sipgate's API. */
export interface RestRequest {
  readonly method: HttpRequest["method"];
  /** Path below the base URL, with its query, e.g. `/numbers?offset=0`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What for, as the end of "sipgate didn't …". */
  readonly purpose: string;
  /** The scope it takes. */
  readonly scope: string;
  /** Whether it rings phones. Default: false. */
  readonly dials?: boolean;
  /** What a 404 means, where it needn't be a wrong base URL. */
  readonly notFound?: NotFound;
}

type Answer = ReturnType<typeof parseObject>;

/** A request as it would be sent, without credentials. */
export interface DescribedRequest {
  readonly method: string;
  readonly url: string;
  /** Header names in lower case; the value of `authorization` is redacted. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** sipgate's API as something that answers requests or throws a `CallError`. */
export interface Rest {
  /** The answer whatever its status. @throws CallError where none came */
  send(request: RestRequest, options?: RequestOptions): Promise<HttpResponse>;
  /** Waits for a success that holds nothing. @throws CallError for any other answer */
  command(request: RestRequest, options?: RequestOptions): Promise<void>;
  /** The request as it would be sent. Sends nothing. */
  describe(request: RestRequest): DescribedRequest;
  /** What `decode` makes of a successful answer. @throws CallError for any other */
  read<T>(
    request: RestRequest,
    decode: (answer: Answer, response: HttpResponse) => T,
    options?: PlaceOptions,
  ): Promise<T>;
}

export interface RestSettings {
  readonly credentials: Credentials;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Milliseconds for each request, with all attempts at it. */
  readonly timeout: number;
  /** Whether reading is tried again where it fails in passing. What changes something never is. */
  readonly triesAgain: boolean;
}

/** What each failure means. Loaded once something failed: most runs of the command line never need it. */
const explanations = () => import("./errors.js");

export function createRest(settings: RestSettings, transport: Transport): Rest {
  const lasting = lastingAuthorization(settings.credentials);
  /** One attempt: the answer, or why none came. */
  const attempt = async (request: RestRequest, signal: AbortSignal | undefined, timeout: number) => {
    const { method, path, body } = request;
    const authorized = lasting ?? (await freshAuthorization(settings.credentials, { timeout, signal }));
    try {
      const response = await transport({
        method,
        url: new URL(settings.baseUrl + path),
        headers: headersOf(request, authorized),
        body: body === undefined ? undefined : JSON.stringify(body),
        timeout,
        signal,
      });
      // A proxy that shows what it was sent must not bring credentials into an error.
      return {
        ...response,
        body: withoutSecrets(response.body, authorized, settings.credentials),
      };
    } catch (error) {
      if (error instanceof TransportError) return error;
      throw error;
    }
  };

  const send = async (request: RestRequest, options?: PlaceOptions) => {
    const signal = signalOf(options);
    const deadline = Date.now() + settings.timeout;
    if (request.dials) await options?.beforeSending?.();
    let answer = await attempt(request, signal, settings.timeout);
    if (settings.triesAgain && request.method === "GET" && !isSuccess(answer)) {
      const { tryAgain } = await import("./retry.js");
      answer = await tryAgain(answer, (timeout) => attempt(request, signal, timeout), { deadline, signal });
    }
    if (answer instanceof TransportError) throw (await explanations()).networkError(answer, asked(request));
    return answer;
  };

  const asked = (request: RestRequest): Asked => ({
    purpose: request.purpose,
    dials: request.dials ?? false,
    notFound: request.notFound,
    scope: request.scope,
    // A call's id encodes phone numbers.
    request: `${request.method} ${request.path.split("?")[0]?.replace(/^\/calls\/[^/]+/, "/calls/{callId}")}`,
    baseUrl: settings.baseUrl,
  });

  const succeed = async (request: RestRequest, options?: PlaceOptions) => {
    const response = await send(request, options);
    if (isSuccess(response)) return response;
    throw (await explanations()).refusal(response, asked(request));
  };

  return {
    send,
    describe(request) {
      const scheme = "tokenId" in settings.credentials ? "Basic" : "Bearer";
      return {
        method: request.method,
        url: settings.baseUrl + request.path,
        headers: headersOf(request, `${scheme} (redacted)`),
        body: request.body,
      };
    },
    async command(request, options) {
      await succeed(request, options);
    },
    async read(request, decode, options) {
      const response = await succeed(request, options);
      try {
        return decode(parseObject(response.body), response);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        throw (await explanations()).unexpected(response, asked(request));
      }
    },
  };
}

function withoutSecrets(body: string, authorized: string, credentials: Credentials): string {
  const redacted = body.replaceAll(authorized.slice(authorized.indexOf(" ") + 1), "(redacted)");
  return "token" in credentials ? redacted.replaceAll(credentials.token, "(redacted)") : redacted;
}

function isSuccess(answer: HttpResponse | TransportError): boolean {
  return !(answer instanceof TransportError) && answer.status >= 200 && answer.status <= 299;
}

function headersOf(request: RestRequest, authorizationValue: string): Record<string, string> {
  return {
    accept: "application/json",
    authorization: authorizationValue,
    "user-agent": `sipgate-call/${SIPGATE_CALL_VERSION}`,
    ...(request.body === undefined ? {} : { "content-type": "application/json" }),
  };
}
