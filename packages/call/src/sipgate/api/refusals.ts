// What each of sipgate's refusals means, and what to do about it.
import {
  CallError,
  type CallErrorCode,
  ForbiddenError,
  type Placed,
  RateLimitedError,
} from "../../call/errors.js";
import { inTime } from "../../call/text/duration.js";
import type { HttpResponse } from "../http/http.js";
import { DONT_REPEAT, placedAfterSending } from "../http/network-errors.js";
import { responseText } from "../http/response-text.js";
import { retryAfterMs } from "../http/retry-after.js";
import { scrubIds } from "../http/scrub.js";
import { forbidden } from "./forbidden.js";
import type { NotFound, RequestContext } from "./request-context.js";

const RESPONSE_KEPT = 2_000;

/** The error for a response that isn't a success. Sources: sipgate's examples and its OpenAPI document. */
export function refusal(response: HttpResponse, context: RequestContext): CallError {
  switch (response.status) {
    case 400:
      return error(
        "request-refused",
        "A field is empty, blank or invalid",
        BAD_REQUEST_REMEDY,
        response,
        context,
      );
    case 401:
      return context.signedIn
        ? error("unauthorized", "It refuses a token that was just renewed", SIGN_IN_AGAIN, response, context)
        : error(
            "unauthorized",
            "The token id or the token is wrong, or it has expired",
            UNAUTHORIZED_REMEDY,
            response,
            context,
          );
    case 402:
      return error(
        "insufficient-funds",
        "The account balance is insufficient",
        FUNDS_REMEDY,
        response,
        context,
      );
    case 403:
      return forbiddenError(response, context);
    case 404: {
      const { code, message, remedy } = context.notFound ?? noEndpoint(context);
      return error(code, message, remedy, response, context);
    }
    case 405:
      return error("misrouted", "The request method was refused", behindProxy(context), response, context);
    case 409:
      return error("not-established", "The call isn't established (yet)", CONFLICT_REMEDY, response, context);
    case 415:
      return error("misrouted", "The content type was refused", behindProxy(context), response, context);
    case 429:
      return rateLimited(response, context);
    default:
      return response.status >= 500 ? serverError(response, context) : unexpected(response, context);
  }
}

const BAD_REQUEST_REMEDY =
  "Check each field: caller and device are extensions of this account, callee and caller ID are full numbers.";
const UNAUTHORIZED_REMEDY =
  "Check both parts of the personal access token, or make a new one at https://app.sipgate.com/personal-access-token.";
const SIGN_IN_AGAIN = "Sign in again.";
const FUNDS_REMEDY = "Top up the account at https://app.sipgate.com, then call again.";

const CONFLICT_REMEDY = "Try again once both parties talk.";

function noEndpoint(context: RequestContext): NotFound {
  return { code: "not-found", message: "There is no such endpoint", remedy: wrongBaseUrl(context) };
}

function wrongBaseUrl(context: RequestContext): string {
  return `Check the base URL: it is ${context.baseUrl}, sipgate's is https://api.sipgate.com/v2.`;
}

function behindProxy(context: RequestContext): string {
  return `A proxy in between changes requests, or the base URL (${context.baseUrl}) is wrong.`;
}

function forbiddenError(response: HttpResponse, context: RequestContext): ForbiddenError {
  const { reason, message, remedy } = forbidden(response.body, context);
  return new ForbiddenError(reason, sentence(response, context, message), {
    ...details(response),
    remedy,
    placed: "no",
  });
}

function rateLimited(response: HttpResponse, context: RequestContext): RateLimitedError {
  const retryAfterSeconds = secondsToWait(response, context);
  const when = retryAfterSeconds === undefined ? "in a minute" : later(retryAfterSeconds, context);
  return new RateLimitedError(sentence(response, context, "Too many requests"), {
    ...details(response),
    remedy: `Try again ${when}.`,
    placed: "no",
    retryAfterSeconds,
  });
}

function later(seconds: number, { clock }: RequestContext): string {
  return inTime(seconds, clock.now());
}

/** Whole seconds that the response asks to wait. */
function secondsToWait(response: HttpResponse, { clock }: RequestContext): number | undefined {
  const wait = retryAfterMs(response, clock);
  return wait === undefined ? undefined : Math.ceil(wait / 1000);
}

function serverError(response: HttpResponse, context: RequestContext): CallError {
  const seconds = secondsToWait(response, context);
  const when = seconds === undefined ? "later" : later(seconds, context);
  return error(
    "server-error",
    "sipgate, or a proxy before it, failed",
    `Try again ${when}.`,
    response,
    context,
    {
      placed: placedAfterSending(context),
    },
  );
}

/** The error for a response that isn't sipgate's: a redirect, a page, a success without its content. */
export function unexpected(response: HttpResponse, context: RequestContext): CallError {
  const message = "That isn't an answer sipgate's API gives";
  return error("unexpected-response", message, wrongBaseUrl(context), response, context, {
    placed: placedAfterSending(context),
  });
}

function error(
  code: CallErrorCode,
  message: string,
  remedy: string,
  response: HttpResponse,
  context: RequestContext,
  { placed }: { placed: Placed } = { placed: "no" },
): CallError {
  return new CallError(code, sentence(response, context, message), {
    ...details(response),
    remedy: placed === "unknown" ? `${DONT_REPEAT} ${remedy}` : remedy,
    placed,
  });
}

function sentence(response: HttpResponse, context: RequestContext, message: string): string {
  const said = responseText(scrubIds(response.body));
  const quote = said === "" ? "" : ` It said: ${said}`;
  return `sipgate didn't ${context.purpose} (HTTP ${response.status}). ${message}.${quote}`;
}

function details(response: HttpResponse) {
  return { status: response.status, response: scrubIds(response.body).slice(0, RESPONSE_KEPT) };
}
