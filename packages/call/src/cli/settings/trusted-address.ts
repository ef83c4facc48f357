// What stands in the current folder may come from a stranger: a cloned repository, an archive. A `.env` there may name a
// token of its own, but it must not choose where credentials from elsewhere are sent, this machine included: a script of
// the same stranger may listen there.
import type { Problem } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { Setting, Settings } from "./settings.js";

/** What would be sent, and where it is from. */
export type Secret = Pick<Setting, "from" | "source">;

/** What the user types, or signs in for. */
export const TYPED: Secret = { from: "what you type", source: "option" };
export const SIGN_IN: Secret = { from: "your sign-in", source: "option" };

const OWN_HOSTS = { baseUrl: "api.sipgate.com", loginUrl: "login.sipgate.com" } as const;
const WHERE_TO_SET = {
  baseUrl: "with --base-url or in the variable SIPGATE_BASE_URL",
  loginUrl: "in the variable SIPGATE_LOGIN_URL",
} as const;

/**
 * A problem if the address is from a file and one of the secrets isn't. sipgate's own address is always fine.
 *
 * @param secrets what would be sent there
 */
export function addressProblems(
  settings: Settings,
  name: keyof typeof OWN_HOSTS,
  secrets: readonly Secret[],
): Problem[] {
  const address = settings[name];
  const foreign = secrets.find(({ source }) => source !== "file");
  if (address?.source !== "file" || foreign === undefined) return [];
  const url = URL.canParse(address.value) ? new URL(address.value) : undefined;
  if (url?.protocol === "https:" && url.host === OWN_HOSTS[name]) return [];
  return [
    {
      field: address.from,
      code: "untrusted-address",
      message: `It would send ${foreign.from} to ${printable(url?.host ?? address.value)}. A file in the current folder must not choose where credentials from elsewhere go.`,
      remedy: `If you trust that address, give it ${WHERE_TO_SET[name]}. Otherwise delete the line.`,
    },
  ];
}

/** The credentials of the settings, as far as they are used. */
export function secretsOf({ accessToken, tokenId, token }: Settings): Setting[] {
  const used = accessToken === undefined ? [tokenId, token] : [accessToken];
  return used.filter((setting) => setting !== undefined);
}
