// What makes the settings of a connection unusable, before anything is sent.
import type { Problem } from "../../call/errors.js";
import { placeholderProblems, type Settings } from "./settings.js";
import { addressProblems, secretsOf } from "./trusted-address.js";

/** Whether any credentials are set, even if incomplete. */
export function hasCredentials(settings: Settings): boolean {
  return [settings.tokenId, settings.token, settings.accessToken].some((setting) => setting !== undefined);
}

/** Everything that makes the settings unusable: placeholders left in place and missing credentials. */
export function settingProblems(settings: Settings): Problem[] {
  return [
    ...missingCredentials(settings),
    ...placeholderProblems(settings),
    ...addressProblems(settings, "baseUrl", secretsOf(settings)),
  ];
}

function missingCredentials(settings: Settings): Problem[] {
  if (settings.accessToken !== undefined) return [];
  if (!hasCredentials(settings)) return [noCredentials()];
  const missing: Problem[] = [];
  if (settings.tokenId === undefined) missing.push(missingPart("SIPGATE_TOKEN_ID"));
  if (settings.token === undefined) missing.push(missingPart("SIPGATE_TOKEN"));
  return missing;
}

function noCredentials(): Problem {
  return {
    field: "credentials",
    code: "missing",
    message: "There are none in SIPGATE_… variables or in .env, and nobody is signed in.",
    remedy:
      "Run `sipgate-call init`, which asks for your personal access token (https://app.sipgate.com/personal-access-token) and writes .env. Or sign in with `sipgate-call login`. Or add --sandbox to try it without an account.",
  };
}

function missingPart(variable: string): Problem {
  return {
    field: variable,
    code: "missing",
    message: "It's missing: a personal access token has two parts, its id and the token.",
    remedy: `Set ${variable} in .env or in the environment.`,
  };
}
