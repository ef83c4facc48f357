import { InvalidSettingsError, type Problem } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { checkOAuthClient, type OAuthClient } from "../../sipgate/auth/oauth-client.js";
import { placeholderProblems, type Settings } from "../settings/settings.js";
import { addressProblems, SIGN_IN } from "../settings/trusted-address.js";

export interface SignInSettings {
  readonly client: OAuthClient;
  /** 0: any free one. */
  readonly redirectPort: number;
}

/** @throws InvalidSettingsError naming everything that's missing or wrong, each setting as the user gave it */
export function signInSettings(settings: Settings): SignInSettings {
  const { clientId, clientSecret, realm, loginUrl, redirectPort } = settings;
  const names = ["clientId", "clientSecret", "realm", "loginUrl", "redirectPort"] as const;
  const ours: Settings = Object.fromEntries(
    names.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])),
  );
  const client: OAuthClient = {
    clientId: clientId?.value ?? "",
    clientSecret: clientSecret?.value,
    realm: realm?.value as OAuthClient["realm"], // Checked right away.
    loginUrl: loginUrl?.value,
  };
  const port = portOf(redirectPort?.value ?? "0");
  const problems = [
    ...placeholderProblems(ours),
    ...addressProblems(
      settings,
      "loginUrl",
      [clientId, clientSecret].filter((secret) => secret !== undefined),
    ),
    // A token of sipgate's own login is the user's, no matter whose client asked for it.
    ...(loginUrl?.source === "file" ? [] : addressProblems(settings, "baseUrl", [SIGN_IN])),
    ...clientProblems(client).map((problem) => ({ ...problem, field: nameOf(problem.field, ours) })),
    ...(typeof port === "number" ? [] : [{ ...port, field: redirectPort?.from ?? port.field }]),
  ];
  if (problems.length > 0 || typeof port !== "number") throw new InvalidSettingsError(problems);
  return { client, redirectPort: port };
}

function clientProblems(client: OAuthClient): readonly Problem[] {
  try {
    checkOAuthClient(client);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.problems;
    throw error;
  }
}

function nameOf(field: string, settings: Settings): string {
  const found = Object.entries(settings).find(([name]) => name === field)?.[1];
  return found?.from ?? (field === "clientId" ? "SIPGATE_CLIENT_ID" : field);
}

function portOf(text: string): number | Problem {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  const message = `"${printable(text)}" isn't a port.`;
  const remedy = "Leave it out to use any free one, or give a number up to 65535.";
  return { field: "SIPGATE_REDIRECT_PORT", code: "invalid", message, remedy };
}
