// The request for a call, on the account's platform.
import type { CheckedCallRequest } from "../../call/call-request.js";
import { ForbiddenError } from "../../call/errors.js";
import type { Platform, SendOptions, Telephony } from "../../call/telephony.js";
import { channelsIn } from "../api/account.js";
import type { ApiClient } from "../api/api-client.js";
import { placeOnClassic } from "./classic.js";
import { placeOnNeo } from "./neo.js";
import type { SipgateCall } from "./placed-call.js";
import type { PlatformFinder } from "./platform-finder.js";
import type { RecentReads } from "./recent-read.js";

/** What places a checked request on the right platform. */
export function createPlaceOnPlatform(
  api: ApiClient,
  finder: PlatformFinder,
  { user, channels }: RecentReads,
): Telephony["place"] {
  let userId: string | undefined;
  const onNeo = (request: CheckedCallRequest, options: SendOptions) => {
    const read = {
      channels: async () => channelsIn(api, await channels.recent(options)),
      userId: async () => {
        userId ??= (await user.recent(options)).id;
        return userId;
      },
    };
    return placeOnNeo(api, read, request, options);
  };

  return async (request, options) => {
    const platform = await finder.known(options);
    if (platform === "neo") return onNeo(request, options);
    if (platform === "classic") return placeOnClassic(api, request, options);
    const placed = await tryClassic(api, finder, request, options);
    return placed ?? onNeo(request, options);
  };
}

/**
 * If nothing tells the platform, classic's request is the cheapest way to find out: a neo account answers it
 * with a 403, and nothing was dialled. Undefined if the account turns out to be neo.
 */
async function tryClassic(
  api: ApiClient,
  finder: PlatformFinder,
  request: CheckedCallRequest,
  options: SendOptions,
): Promise<SipgateCall | undefined> {
  try {
    const placed = await placeOnClassic(api, request, options);
    finder.remember("classic");
    return placed;
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
    if (error.reason === "neo-account") finder.remember("neo");
    else if ((await platformOrUnknown(finder)) !== "neo") throw error;
    return undefined;
  }
}

/** The user has to hear of the 403, even if asking for the platform fails. */
async function platformOrUnknown(finder: PlatformFinder): Promise<Platform | undefined> {
  try {
    return await finder.find();
  } catch {
    return undefined;
  }
}
