import type { RequestOptions, SendOptions } from "../../call/telephony.js";
import type { HttpResponse, Transport } from "../http/http.js";
import { parseObject, WireError } from "../http/json.js";
import {
  type ApiRequest,
  type ApiSettings,
  addressOf,
  contextOf,
  headersOf,
  holdsId,
  isSuccess,
} from "./api-request.js";
import { refusal, unexpected } from "./refusals.js";
import { createSendRequest } from "./send-request.js";

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
  send(request: ApiRequest, options?: SendOptions): Promise<HttpResponse>;
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

export function createApiClient(settings: ApiSettings, transport: Transport): ApiClient {
  const { baseUrl, credentials } = settings;
  const server = new URL(baseUrl);
  const send = createSendRequest(settings, transport);

  const checkSuccess = (request: ApiRequest, response: HttpResponse) => {
    if (isSuccess(response)) return;
    if (holdsId(response, request)) throw unexpected(response, contextOf(request, settings));
    throw refusal(response, contextOf(request, settings));
  };

  const judge: ApiClient["judge"] = (request, response, decode) => {
    checkSuccess(request, response);
    try {
      return decode(parseObject(response.body), response);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw unexpected(response, contextOf(request, settings));
    }
  };

  return {
    send,
    judge,
    openForCall: () => transport.openForCall?.(server),
    describe(request) {
      const scheme = "tokenId" in credentials ? "Basic" : "Bearer";
      return {
        method: request.method,
        url: addressOf(request, baseUrl),
        headers: headersOf(request, `${scheme} (redacted)`),
        body: request.body,
      };
    },
    async command(request, options) {
      const response = await send(request, options);
      checkSuccess(request, response);
      if (response.body.trim() === "") return;
      // A page from a proxy in between is no success.
      if (!isJson(response.body)) throw unexpected(response, contextOf(request, settings));
    },
    read: async (request, decode, options) => judge(request, await send(request, options), decode),
  };
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
