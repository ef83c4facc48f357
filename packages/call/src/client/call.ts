import type { CallControls } from "../call/control/call-control.js";
import type { CallOutcome } from "../call/follow/call-outcome.js";
import type { CallChange } from "../call/follow/call-state.js";
import type { FollowOptions } from "../call/follow/follow-call.js";
import type { OnCancel } from "../call/follow/observation.js";
import type { PlacedCall, RequestOptions } from "../call/telephony.js";
import { ringsCallerFirst } from "../sipgate/platform/neo-assumptions.js";
import type { Following } from "./following.js";

/** A call that was placed, to be followed and controlled. */
export interface Call extends PlacedCall, CallControls {
  /** The states that it comes to, as they are learnt, beginning with `accepted`. */
  follow(options?: FollowOptions): AsyncGenerator<CallChange, void, undefined>;
  /**
   * Waits for the call's end and tells how it ended and by what that's known; of a call that's long over, too.
   *
   * @throws CallError `aborted` where `signal` ends it before
   */
  outcome(options?: FollowOptions): Promise<CallOutcome>;
}

/** A placed call with what can be done with it, as which it's put into `controls`. */
export function callOf(placed: PlacedCall, controls: CallControls, following: Following): Call {
  let isHungUp = false;
  const followed = {
    callId: placed.callId,
    callerRingsFirst: ringsCallerFirst(placed.platform),
    channelId: placed.channelId,
    hungUpByClient: () => isHungUp,
  };
  const { hangUp } = controls;
  // Spread into one literal, both would take a fifth of all the CPU that placing a call takes.
  return Object.assign(controls, placed, {
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

/** Changes that end at once when whoever reads them returns, also while the next one is awaited. */
function endable(begin: (onCancel: OnCancel) => Changes): Changes {
  // No AbortController: with the signals that come of it, each of 10,000 followed calls would take twice the memory.
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
