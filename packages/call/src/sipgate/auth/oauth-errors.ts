// What each response of sipgate's login that gives no tokens means. None of oauth4webapi's errors is passed
// on: they hold whole responses, and those hold tokens.

import * as oauth from "oauth4webapi";
import { CallError, type CallErrorCode } from "../../call/errors.js";
import { isError } from "../../call/text/is-error.js";
import { printable } from "../../call/text/printable.js";
import { TransportError } from "../http/http.js";
import { networkError } from "../http/network-errors.js";
import { redactionOf } from "../http/redaction.js";

/** What was asked of the login. */
export interface LoginRequest {
  /** What for, as the end of "Couldn't …". */
  readonly purpose: string;
  /** The realm's address. */
  readonly realm: string;
  /** What must not be shown, wherever it comes from. */
  readonly secrets: readonly string[];
  /** What it means when the code or the refresh token isn't accepted. */
  readonly void: { readonly code: CallErrorCode; readonly message: string; readonly remedy: string };
}

/** Thrown for tokens that couldn't be renewed. */
export class NoRefreshToken extends Error {}

export function loginError(thrown: unknown, request: LoginRequest): CallError {
  if (thrown instanceof TransportError) return unreachable(thrown, request);
  if (thrown instanceof oauth.AuthorizationResponseError) return notAllowed(thrown, request);
  if (thrown instanceof NoRefreshToken)
    return new CallError("sign-in-failed", NO_REFRESH_TOKEN, {
      remedy: `${CHECK_CLIENT} ${NOTHING}`,
      placed: "no",
    });
  const status = statusOf(thrown);
  const said = saidBy(thrown, request);
  const error = (code: CallErrorCode, message: string, remedy: string) =>
    new CallError(code, `${message}${said}`, { remedy, placed: "no", status });
  if (status !== undefined && status >= 500)
    return error(
      "server-error",
      `Couldn't ${request.purpose}: sipgate's login failed (HTTP ${status}).`,
      "Try again later.",
    );
  const word = thrown instanceof oauth.ResponseBodyError ? thrown.error : undefined;
  if (word === "invalid_grant") return error(request.void.code, request.void.message, request.void.remedy);
  if (status === 401 || word === "invalid_client" || word === "unauthorized_client") {
    const message = `Couldn't ${request.purpose}: sipgate's login doesn't know this client, or its secret is wrong.`;
    return error("unauthorized", message, CHECK_CLIENT);
  }
  if (word !== undefined)
    return error("request-refused", `sipgate's login refused to ${request.purpose}.`, CHECK_CLIENT);
  if (isOfAnotherAttempt(thrown))
    return error("sign-in-failed", OTHER_ATTEMPT, "Sign in again. Nothing was stored.");
  const message = `Couldn't ${request.purpose}: that isn't an answer sipgate's login gives.`;
  return error("unexpected-response", message, `Check the login URL: ${printable(request.realm)}`);
}

/** Whether a refresh token may have been used up despite the failure. */
export function mayHaveArrived(thrown: unknown): boolean {
  if (thrown instanceof TransportError) return thrown.sent;
  const status = statusOf(thrown);
  return status === undefined || status < 400 || status >= 500;
}

const CHECK_CLIENT =
  "Check SIPGATE_CLIENT_ID and SIPGATE_CLIENT_SECRET, and at https://console.sipgate.com the client's redirect addresses.";
const OTHER_ATTEMPT =
  "The answer belongs to another attempt to sign in, or comes from somebody else: its state or issuer isn't the one that was asked for.";

function unreachable(failed: TransportError, { purpose, realm }: LoginRequest): CallError {
  const { code, message, remedy, placed, cause } = networkError(failed, {
    purpose,
    placesCall: false,
    baseUrl: realm,
  });
  return new CallError(code, message, { remedy: remedy.replaceAll("base URL", "login URL"), placed, cause });
}

function notAllowed(answer: oauth.AuthorizationResponseError, request: LoginRequest): CallError {
  const message =
    answer.error === "access_denied"
      ? "You weren't signed in: it was refused at sipgate's login."
      : `sipgate's login refused to ${request.purpose}.${saidBy(answer, request)}`;
  const remedy = answer.error === "access_denied" ? "Sign in again and allow it." : CHECK_CLIENT;
  return new CallError("sign-in-failed", message, { remedy: `${remedy} ${NOTHING}`, placed: "no" });
}

const NO_REFRESH_TOKEN =
  "sipgate's login gave an access token but no refresh token, so the sign-in would be over within minutes.";
const NOTHING = "Nothing was stored.";

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof oauth.ResponseBodyError) return thrown.status;
  const cause = isError(thrown) ? thrown.cause : undefined;
  return cause instanceof Response ? cause.status : undefined;
}

/** The checks of state and issuer are the only ones that look at what the browser brought. */
function isOfAnotherAttempt(thrown: unknown): boolean {
  const cause = thrown instanceof oauth.OperationProcessingError ? thrown.cause : undefined;
  return typeof cause === "object" && cause !== null && "parameters" in cause;
}

/** In the login's own words, if it gives some. */
function saidBy(thrown: unknown, { secrets }: LoginRequest): string {
  if (!(thrown instanceof oauth.ResponseBodyError || thrown instanceof oauth.AuthorizationResponseError))
    return "";
  const words = [thrown.error, thrown.error_description].filter((part) => part !== undefined).join(", ");
  return ` It said: ${printable(redactionOf(secrets)(words))}.`;
}
