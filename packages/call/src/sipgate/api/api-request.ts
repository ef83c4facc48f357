// A request to sipgate's API, and what it becomes on the wire.
import type { Clock } from "../../call/clock.js";
import { areRenewing, type Credentials } from "../auth/credentials.js";
import { type HttpRequest, type HttpResponse, TransportError } from "../http/http.js";
import { parseObject, WireError } from "../http/json.js";
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

/** What all requests of a client have in common. */
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

/** @param base the base URL, or its path */
export function addressOf({ version, path }: ApiRequest, base: string): string {
  return (version === 3 ? base.replace(/\/v2$/, "/v3") : base) + path;
}

export function headersOf({ body }: ApiRequest, authorization: string): Record<string, string> {
  return {
    accept: "application/json",
    authorization,
    "user-agent": `sipgate-call/${SIPGATE_CALL_VERSION}`,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
}

export function contextOf(request: ApiRequest, { baseUrl, credentials, clock }: ApiSettings): RequestContext {
  return {
    purpose: request.purpose,
    placesCall: request.placesCall ?? false,
    notFound: request.notFound,
    scope: request.scope,
    // A call's id encodes phone numbers.
    request: `${request.method} ${request.path.split("?")[0]?.replace(/^\/calls\/[^/]+/, "/calls/{callId}")}`,
    baseUrl,
    signedIn: areRenewing(credentials),
    clock,
  };
}

export function isSuccess(answer: HttpResponse | TransportError): boolean {
  return !(answer instanceof TransportError) && answer.status >= 200 && answer.status <= 299;
}

/** Whether a response holds the id of a call, as the response to a call request that was carried out does. */
export function holdsId(answer: HttpResponse | TransportError, { callIdFields = [] }: ApiRequest): boolean {
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
