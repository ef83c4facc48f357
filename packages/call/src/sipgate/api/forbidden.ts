import type { ForbiddenReason } from "../../call/errors.js";
import type { RequestContext } from "./request-context.js";

/** sipgate's words for each reason of a 403. Only the first is known verbatim; the others are assumed. */
const SIGNS: readonly { reason: ForbiddenReason; sign: RegExp }[] = [
  // Reported by integrations: "This endpoint requires a sipgate Classic PBX Account".
  { reason: "neo-account", sign: /classic pbx/i },
  // Not known: sipgate publishes no body for a missing scope.
  { reason: "missing-scope", sign: /\bscopes?\b|insufficient[_ ]scope/i },
  // Not known: sipgate's examples name the reason, not the words.
  { reason: "password-reset", sign: /password/i },
];

/** Tells the reasons of a 403 apart as far as its body allows. */
export function forbidden(
  body: string,
  context: RequestContext,
): { reason: ForbiddenReason; message: string; remedy: string } {
  const reason = SIGNS.find(({ sign }) => sign.test(body))?.reason ?? "unknown";
  return { reason, ...(NEO_ONLY.test(body) ? FOR_NEO : explanation(reason, context)) };
}

/** Not known: what neo's own requests answer to a classic account; as it is the other way round. */
const NEO_ONLY = /neo pbx/i;
const FOR_NEO = {
  message: "That exists on sipgate's neo platform only, and this account is classic",
  remedy: "On classic a call needs no channel.",
};

/** Whether a 403 says that the account is neo; nothing was dialled then. */
export function saysNeo(status: number, body: string): boolean {
  return status === 403 && SIGNS.find(({ sign }) => sign.test(body))?.reason === "neo-account";
}

function explanation(
  reason: ForbiddenReason,
  { scope, request, placesCall }: RequestContext,
): { message: string; remedy: string } {
  switch (reason) {
    case "neo-account":
      return {
        message: `The account is on sipgate's neo platform and ${request} is for classic accounts`,
        remedy: "Set the platform to neo, or to auto, which finds out.",
      };
    case "missing-scope":
      return {
        message: `The token lacks the scope ${scope}`,
        remedy: `Make a token with the scope ${scope} at https://app.sipgate.com/personal-access-token.`,
      };
    case "password-reset":
      return {
        message: "The password of this account has to be reset",
        remedy: "Sign in to the web app (https://app.sipgate.com/login) and set a new password.",
      };
    case "unknown":
      return {
        message: placesCall
          ? "It isn't allowed with this caller or device"
          : "It isn't allowed with this token",
        remedy: `${placesCall ? "Use a device that belongs to the token's user. " : ""}If that isn't it: the token may lack the scope ${scope}, or the password has to be reset in the web app (https://app.sipgate.com/login).`,
      };
  }
}
