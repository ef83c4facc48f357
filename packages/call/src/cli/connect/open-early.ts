// Opens the connections to sipgate before the code is loaded that sends requests over them.
import { DEFAULT_BASE_URL } from "../../sipgate/hosts.js";
import { type EarlySockets, openSockets } from "../../sipgate/http/early-sockets.js";
import { serverAddress, urlOf } from "../../sipgate/http/urls.js";
import type { Input } from "../command.js";
import { hasCredentials, settingProblems } from "../settings/setting-problems.js";
import type { Settings } from "../settings/settings.js";

/**
 * Undefined if it isn't certain by now that requests go to this server directly, by https. It isn't with a sign-in, which names its server itself, with a proxy, the embedded sandbox, or settings that can't be used.
 */
export async function openEarly(
  settings: Settings,
  input: Input,
  count: number,
): Promise<EarlySockets | undefined> {
  const { profile, proxy, baseUrl } = settings;
  if (input.flag("sandbox") || profile !== undefined || !hasCredentials(settings)) return undefined;
  const server = urlOf(baseUrl?.value ?? DEFAULT_BASE_URL);
  if (server?.protocol !== "https:" || (proxy?.value ?? "") !== "") return undefined;
  if (settingProblems(settings).length > 0) return undefined;
  const sockets = openSockets(serverAddress(server), count, { monotonicMs: () => process.uptime() * 1_000 });
  await new Promise(setImmediate); // Node begins to connect only now.
  return sockets;
}
