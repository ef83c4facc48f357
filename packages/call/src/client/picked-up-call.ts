// A call that isn't known by more than its id, such as after a restart of the program.
import { checkedId } from "../call/control/call-commands.js";
import { checkOptions, type Rules } from "../call/options.js";
import type { Platform } from "../call/telephony.js";
import { isId } from "../call/text/id.js";
import { ringsCallerFirst } from "../sipgate/platform/neo-assumptions.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";
import type { Followable } from "./call.js";

/** What a program may still know of a call that it picks up. */
export interface CallDetails {
  /**
   * The channel that the call goes through (neo), which placing it answered. Without it the events of all channels are
   * read, which takes a request for each.
   *
   * @default any channel of the account
   */
  readonly channelId?: string | undefined;
}

const RULES: Rules<CallDetails> = {
  channelId: {
    fits: isId,
    message: "It isn't the id of a channel.",
    remedy: "Give the channelId that placing the call answered, or leave it out.",
  },
};

/** @throws InvalidRequestError for what can't be an id, or isn't known of a call */
export function pickedUp(
  callId: unknown,
  details: CallDetails | undefined,
  finder: PlatformFinder,
): Followable {
  checkOptions(details, RULES);
  const id = checkedId(callId);
  let platform: Platform | undefined;
  // Until it's known, pushed events aren't taken for more than that something happened.
  finder.find().then(
    (found) => {
      platform = found;
    },
    () => {}, // Reading how the call ended asks again, and tells why that can't be read.
  );
  return {
    callId: id,
    wasJustPlaced: false,
    callerRingsFirst: () => platform !== undefined && ringsCallerFirst(platform),
    channelIds: details?.channelId === undefined ? undefined : [details.channelId],
  };
}
