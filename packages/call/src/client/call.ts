import type { CallControls } from "../call/control/call-control.js";
import type { CallOutcome } from "../call/follow/call-outcome.js";
import type { CallChange } from "../call/follow/call-state.js";
import type { FollowedCall, FollowOptions } from "../call/follow/follow-call.js";
import type { OnCancel } from "../call/follow/observation.js";
import type { PlacedCall, RequestOptions } from "../call/telephony.js";
import { ringsCallerFirst } from "../sipgate/platform/neo-assumptions.js";
import type { SipgateCall } from "../sipgate/platform/placed-call.js";
import type { Following } from "./following.js";

/** A call, to be followed and controlled. */
export interface Call extends CallControls {
  /** The call's id, as `place` returned it. It encodes phone numbers: treat it as personal data. */
  readonly callId: string;
  /**
   * The call's states, as they become known. A call that was just placed begins with `accepted`, one that was picked up
   * by its id with the first state that is observed. Source: sipgate's OpenAPI document and rtcm.md for running calls,
   * which leave out those that still ring; pushed events show them.
   *
   * @throws InvalidRequestError naming everything that's wrong with the options
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * for await (const { state, end } of call.follow()) console.log(state, end?.cause ?? "");
   * ```
   */
  follow(options?: FollowOptions): AsyncGenerator<CallChange, void, undefined>;
  /**
   * Waits for the call's end and tells how it ended and what shows that. Also for a call that ended long ago. Source:
   * the same, and sipgate's history. How soon a call is in there isn't known.
   *
   * @throws CallError `aborted` if `signal` aborts first; InvalidRequestError as for `follow`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 486" });
   * const { end } = await call.outcome();
   * if (end?.cause === "busy") console.log("Try again later.");
   * ```
   */
  outcome(options?: FollowOptions): Promise<CallOutcome>;
}

/** A call as `place` returns it: with what sipgate has told about it. */
export interface NewCall extends Call, SipgateCall {}

/** What following a call needs to know about it. */
export type Followable = Omit<FollowedCall, "hungUpByClient">;

/** What is known about a call that was just placed. */
export function followableOf({ callId, platform, channelId }: PlacedCall): Followable {
  return {
    callId,
    wasJustPlaced: true,
    callerRingsFirst: () => ringsCallerFirst(platform),
    channelIds: channelId === undefined ? [] : [channelId],
  };
}

/** Turns a call's `controls` into the call: adds the rest to the same object. */
export function callOf(
  callId: string,
  controls: CallControls,
  followable: () => Followable,
  following: Following,
): Call {
  let isHungUp = false;
  const followed = () => ({ ...followable(), hungUpByClient: () => isHungUp });
  const { hangUp } = controls;
  // Spreading both into one literal would take a fifth of all the CPU that placing a call takes.
  return Object.assign(controls, {
    callId,
    async hangUp(options?: RequestOptions) {
      await hangUp(options);
      isHungUp = true;
      following.hurry();
    },
    follow: (options?: FollowOptions) => endable((onCancel) => following.follow(followed, options, onCancel)),
    outcome: (options?: FollowOptions) => following.outcome(followed, options),
  });
}

type Changes = AsyncGenerator<CallChange, void, undefined>;

/** Changes that end at once when their reader returns, even while it awaits the next one. */
function endable(begin: (onCancel: OnCancel) => Changes): Changes {
  // No AbortController: with its signals, each of 10,000 followed calls would take twice the memory.
  let stop = () => {};
  const changes = begin((given) => {
    stop = given;
  });
  const end = changes.return.bind(changes);
  changes.return = (value) => {
    stop();
    return end(value);
  };
  return changes;
}
