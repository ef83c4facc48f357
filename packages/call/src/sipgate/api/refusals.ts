// What each of sipgate's refusals, and each failure to reach it, means and what to do about it.
import {
  CallError,
  type CallErrorCode,
  ForbiddenError,
  type Placed,
  RateLimitedError,
} from "../../call/errors.js";
import { answerText } from "../http/answer-text.js";
import type { HttpResponse, TransportError, TransportFailure } from "../http/http.js";
import { waitAskedFor } from "../http/retry-after.js";
import { withoutIds } from "../http/scrub.js";
import { forbidden } from "./forbidden.js";

/** A meaning that a 404 can have. */
export interface NotFound {
  readonly code: "not-found" | "call-not-found";
  readonly message: string;
  readonly remedy: string;
}

/** What was asked of sipgate, as far as explaining a refusal needs it. */
export interface Asked {
  /** What for, as the end of "sipgate refused to …", e.g. `place the call`. */
  readonly purpose: string;
  /** Whether the request rings phones. */
  readonly dials: boolean;
  /** What a 404 means, where it needn't be a wrong base URL. */
  readonly notFound: NotFound | undefined;
  /** The scope it takes, e.g. `sessions:calls:write`. */
  readonly scope: string;
  /** Method and path, e.g. `POST /sessions/calls`. */
  readonly request: string;
  /** Where sipgate's API is taken to be. */
  readonly baseUrl: string;
  /** Whether by a sign-in, whose token was renewed before a 401 is told of. */
  readonly signedIn: boolean;
}

const RESPONSE_KEPT = 2_000;

/** The error for an answer that isn't a success. Sources: sipgate's own examples and its OpenAPI document. */
export function refusal(response: HttpResponse, asked: Asked): CallError {
  switch (response.status) {
    case 400:
      return error("bad-request", "A field is empty, blank or invalid", BAD_REQUEST_REMEDY, response, asked);
    case 401:
      return asked.signedIn
        ? error("unauthorized", "It refuses a token that was just renewed", SIGN_IN_AGAIN, response, asked)
        : error(
            "unauthorized",
            "The token id or the token is wrong, or it has expired",
            UNAUTHORIZED_REMEDY,
            response,
            asked,
          );
    case 402:
      return error(
        "insufficient-funds",
        "The account balance is insufficient",
        FUNDS_REMEDY,
        response,
        asked,
      );
    case 403:
      return forbiddenError(response, asked);
    case 404: {
      const { code, message, remedy } = asked.notFound ?? noEndpoint(asked);
      return error(code, message, remedy, response, asked);
    }
    case 405:
      return error(
        "method-not-allowed",
        "The request method was refused",
        behindProxy(asked),
        response,
        asked,
      );
    case 409:
      return error("conflict", "The call isn't established (yet)", CONFLICT_REMEDY, response, asked);
    case 415:
      return error(
        "unsupported-media-type",
        "The content type was refused",
        behindProxy(asked),
        response,
        asked,
      );
    case 429:
      return rateLimited(response, asked);
    default:
      return response.status >= 500 ? serverError(response, asked) : unexpected(response, asked);
  }
}

const BAD_REQUEST_REMEDY =
  "Check each field: caller and device are extensions of this account, callee and caller ID are full numbers.";
const UNAUTHORIZED_REMEDY =
  "Check both parts of the personal access token, or make a new one at https://app.sipgate.com/personal-access-token.";
const SIGN_IN_AGAIN = "Sign in again: sipgate-call login";
const FUNDS_REMEDY = "Top up the account at https://app.sipgate.com, then call again.";

const CONFLICT_REMEDY = "Try again once both parties talk.";

function noEndpoint(asked: Asked): NotFound {
  return { code: "not-found", message: "There is no such endpoint", remedy: wrongBaseUrl(asked) };
}

function wrongBaseUrl(asked: Asked): string {
  return `Check the base URL: it is ${asked.baseUrl}, sipgate's is https://api.sipgate.com/v2.`;
}

function behindProxy(asked: Asked): string {
  return `A proxy in between changes requests, or the base URL (${asked.baseUrl}) is wrong.`;
}

function forbiddenError(response: HttpResponse, asked: Asked): ForbiddenError {
  const { reason, message, remedy } = forbidden(response.body, asked);
  return new ForbiddenError(reason, sentence(response, asked, message), {
    ...details(response),
    remedy,
    placed: "no",
  });
}

function rateLimited(response: HttpResponse, asked: Asked): RateLimitedError {
  const retryAfter = secondsToWait(response);
  const when = retryAfter === undefined ? "in a minute" : `in ${retryAfter} s`;
  return new RateLimitedError(sentence(response, asked, "Too many requests"), {
    ...details(response),
    remedy: `Try again ${when}. Nothing was dialled.`,
    placed: "no",
    retryAfter,
  });
}

/** Whole seconds that the answer asks to wait. */
function secondsToWait(response: HttpResponse): number | undefined {
  const wait = waitAskedFor(response);
  return wait === undefined ? undefined : Math.ceil(wait / 1000);
}

function serverError(response: HttpResponse, asked: Asked): CallError {
  const seconds = secondsToWait(response);
  const later = seconds === undefined ? "later" : `in ${seconds} s`;
  return error(
    "server-error",
    "sipgate, or a proxy before it, failed",
    `Try again ${later}.`,
    response,
    asked,
    {
      placed: afterSending(asked),
    },
  );
}

/** The error for an answer that isn't sipgate's: a redirect, a page, a success without what it should hold. */
export function unexpected(response: HttpResponse, asked: Asked): CallError {
  const message = "That isn't an answer sipgate's API gives";
  return error("unexpected-answer", message, wrongBaseUrl(asked), response, asked, {
    placed: afterSending(asked),
  });
}

function error(
  code: CallErrorCode,
  message: string,
  remedy: string,
  response: HttpResponse,
  asked: Asked,
  { placed }: { placed: Placed } = { placed: "no" },
): CallError {
  return new CallError(code, sentence(response, asked, message), {
    ...details(response),
    remedy: placed === "unknown" ? `${DONT_REPEAT} ${remedy}` : remedy,
    placed,
  });
}

const DONT_REPEAT =
  "It isn't known whether phones ring. Look at your phone and at the call history before you call again.";

function sentence(response: HttpResponse, asked: Asked, message: string): string {
  const said = answerText(withoutIds(response.body));
  const quote = said === "" ? "" : ` It said: ${said}`;
  return `sipgate didn't ${asked.purpose} (HTTP ${response.status}). ${message}.${quote}`;
}

function details(response: HttpResponse) {
  return { status: response.status, response: withoutIds(response.body).slice(0, RESPONSE_KEPT) };
}

/** What is true of a call once its request may have arrived and no clear answer came. */
function afterSending(asked: Pick<Asked, "dials">): Placed {
  return asked.dials ? "unknown" : "no";
}

/** The error for a request that got no complete answer. */
export function networkError(
  failed: TransportError,
  asked: Pick<Asked, "purpose" | "dials" | "baseUrl">,
): CallError {
  const placed = failed.sent ? afterSending(asked) : "no";
  const { message, remedy } = NETWORK_FAILURES[failed.failure];
  const host = hostOf(asked.baseUrl);
  return new CallError(
    networkCode(failed.failure),
    `Couldn't ${asked.purpose}: ${message.replace("HOST", host)}.`,
    {
      remedy: placed === "unknown" ? `${DONT_REPEAT} ${remedy}` : remedy,
      placed,
      cause: failed.cause,
    },
  );
}

function networkCode(failure: TransportFailure): CallErrorCode {
  return failure === "timeout" || failure === "aborted" ? failure : "network";
}

function hostOf(baseUrl: string): string {
  return new URL(baseUrl).host;
}

const NETWORK_FAILURES: Readonly<Record<TransportFailure, { message: string; remedy: string }>> = {
  dns: {
    message: "the name HOST can't be looked up",
    remedy: "Check the network connection and the base URL.",
  },
  refused: {
    message: "HOST refused the connection",
    remedy: "Check that the base URL is right and the server runs.",
  },
  unreachable: { message: "HOST can't be reached", remedy: "Check the network connection and the firewall." },
  tls: {
    message: "the secure connection to HOST can't be trusted",
    remedy:
      "Check the clock and the base URL. Behind a company proxy, let NODE_EXTRA_CA_CERTS name its certificate.",
  },
  "connection-lost": { message: "the connection to HOST broke", remedy: "Check the network connection." },
  "answer-too-large": {
    message: "the answer from HOST is larger than any of sipgate's",
    remedy: "Check the base URL.",
  },
  garbled: {
    message: "the answer from HOST can't be decompressed",
    remedy: "A proxy in between garbles it, or the base URL is wrong.",
  },
  timeout: {
    message: "HOST didn't answer in time",
    remedy: "Check the network connection, or allow more time.",
  },
  aborted: {
    message: "it was given up by the program that asked",
    remedy: "Call again if it was a mistake.",
  },
  other: { message: "the request to HOST failed", remedy: "Check the network connection and the base URL." },
};
