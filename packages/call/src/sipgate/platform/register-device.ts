// A VoIP phone more: nothing rings it until something registers as it.
import type { RequestOptions } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import { text } from "../http/json.js";

/**
 * Path, scope and fields: integrations report them. Status and body of the response aren't known; here: a success with the
 * device's `id`.
 *
 * @returns the extension, e.g. `e5`
 */
export function registerDevice(
  api: ApiClient,
  owner: string,
  alias: string,
  options?: RequestOptions,
): Promise<string> {
  const request = {
    method: "POST",
    version: 3,
    path: "/devices/register",
    body: { alias, owner },
    purpose: "add a VoIP phone",
    scope: "devices:write",
  } as const;
  return api.read(request, (answer) => text(answer, "id"), options);
}
