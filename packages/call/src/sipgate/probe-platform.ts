import type { Platform, RequestOptions } from "../call/telephony.js";
import { saysNeo } from "./forbidden.js";
import type { Rest } from "./rest.js";

/**
 * Asks what only one of the platforms answers. Source (reported): `/groups` answers 200 on classic and a telling 403
 * on neo, `/channels` answers on neo only. A scope may be missing for either: then the other has to tell.
 *
 * @throws CallError where the credentials are refused or no answer came
 */
export async function probePlatform(rest: Rest, options: RequestOptions): Promise<Platform | undefined> {
  const purpose = "say which platform the account is on";
  const [groups, channels] = await Promise.all([
    rest.send({ method: "GET", path: "/groups", purpose, scope: "groups:read" }, options),
    rest.send({ method: "GET", path: "/channels", purpose, scope: "channels:read" }, options),
  ]);
  if (groups.status === 200 && /^\s*\{/.test(groups.body)) return "classic";
  if (saysNeo(groups.status, groups.body) || (channels.status === 200 && /^\s*\{/.test(channels.body)))
    return "neo";
  return undefined;
}
