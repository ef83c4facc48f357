// A call of which only the id is known, such as after a restart of the program.
import { checkedId } from "../call/control/call-commands.js";
import { checkOptions, type Rules } from "../call/options.js";
import type { Platform } from "../call/telephony.js";
import { isId } from "../call/text/id.js";
import { ringsCallerFirst } from "../sipgate/platform/neo-assumptions.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";
import type { Followable } from "./call.js";

/**
 * What a program may still know about a call that it picks up. Source: that neo records calls by channel is on
 * sipgate's help page.
 */
export interface CallDetails {
  /**
   * The channel that the call goes through (neo), as `place` returned it. Without it, the events of all
   * channels are read, which takes one request for each.
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

/** @throws InvalidRequestError if the id or the details are invalid */
export function pickedUp(
  callId: unknown,
  details: CallDetails | undefined,
  finder: PlatformFinder,
): Followable {
  checkOptions(details, RULES);
  const id = checkedId(callId);
  let platform: Platform | undefined;
  // Until the platform is known, a pushed event shows only that something happened.
  finder.find().then(
    (found) => {
      platform = found;
    },
    () => {}, // Reading how the call ended asks again, and reports why that can't be read.
  );
  return {
    callId: id,
    wasJustPlaced: false,
    callerRingsFirst: () => platform !== undefined && ringsCallerFirst(platform),
    channelIds: details?.channelId === undefined ? undefined : [details.channelId],
  };
}
