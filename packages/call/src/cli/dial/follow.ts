// dial, after sipgate accepted the call: follows it, shows its progress, and says how it ended.

import { systemClock } from "../../call/clock.js";
import type { CallChange } from "../../call/follow/call-state.js";
import { type RingTimeoutReport, startRingTimeout } from "../../call/follow/ring-timeout.js";
import { limitInWords } from "../../call/text/duration.js";
import type { Call } from "../../client/call.js";
import type { Client } from "../../client/client.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Output } from "../terminal/output.js";
import { type Display, displayFor } from "./display.js";
import { InCallKeys } from "./in-call-keys.js";
import { type Interrupt, watchForInterrupt } from "./interrupt.js";
import { describeOutcome, type Parties } from "./outcome.js";
import { lookAtOwnPhone } from "./own-phone.js";
import { type StateInSandbox, showHiddenStates } from "./sandbox-states.js";

export interface Followed {
  readonly call: Call;
  readonly parties: Parties;
  /** Seconds after which a call is hung up if nobody answered. */
  readonly ringTimeout: number | undefined;
  /** Whether the call is in a sandbox that ends with this program. */
  readonly inSandbox: boolean;
  readonly stateInSandbox: StateInSandbox | undefined;
  /** Runs when following is over, before the outcome is told. */
  readonly onEnd: () => void;
}

/**
 * Follows a call to its end.
 *
 * @returns an exit code that says how the call ended
 */
export async function followToTheEnd(client: Client, followed: Followed, output: Output): Promise<ExitCode> {
  const display = displayFor(followed.parties, output);
  const keys = new InCallKeys(followed.call, display);
  const leaving = watchForInterrupt(keys, display, goesOn(followed));
  if (leaving.hasKeys) display.keys(keys.hints());
  try {
    const last = await show(client, followed, display, keys, leaving);
    followed.onEnd();
    if (!leaving.signal.aborted) return await tellOutcome(client, last, followed.parties, output);
    output.object({ type: "outcome", text: goesOn(followed), exitCode: EXIT.outcomeUnknown });
    return EXIT.outcomeUnknown;
  } finally {
    leaving.close();
  }
}

/** Shows the call until it's over, or the user leaves. @returns what was seen last */
async function show(
  client: Client,
  { call, parties, ringTimeout, stateInSandbox }: Followed,
  display: Display,
  keys: InCallKeys,
  leaving: Interrupt,
): Promise<CallChange | undefined> {
  let last: CallChange | undefined;
  const ends: (() => void)[] = [];
  if (ringTimeout !== undefined) {
    const report = ringTimeoutReport(ringTimeout, display);
    ends.push(startRingTimeout(systemClock, client, call, ringTimeout * 1000, report));
  }
  if (stateInSandbox !== undefined) {
    const state = () => stateInSandbox(call.callId);
    ends.push(showHiddenStates(state, () => last?.state, parties, display));
  }
  const [stopRingTimeout] = ringTimeout === undefined ? [] : ends;
  try {
    for await (const change of call.follow({ signal: leaving.signal })) {
      last = change;
      if (change.state === "connected") {
        stopRingTimeout?.();
        keys.connected();
      }
      display.change(change);
    }
  } finally {
    for (const end of ends) end();
    display.end();
    leaving.callIsOver();
  }
  if (ringTimeout !== undefined && last?.state === "unknown") {
    display.warning(
      "The ring timeout couldn't be enforced because the call can't be followed: it may still ring.",
    );
  }
  return last;
}

async function tellOutcome(
  client: Client,
  last: CallChange | undefined,
  parties: Parties,
  output: Output,
): Promise<ExitCode> {
  const { exit, text, check, ownPhoneMatters } = describeOutcome(last, parties);
  output.line(text);
  const ownPhone = ownPhoneMatters ? await lookAtOwnPhone(client, parties.caller) : undefined;
  const reasons = [ownPhone?.text, ownPhone?.explains ? undefined : check].filter(Boolean);
  if (reasons.length > 0) output.line(reasons.join(" "));
  output.object({ type: "outcome", text: [text, ...reasons].join(" "), exitCode: exit });
  return exit;
}

function goesOn({ inSandbox, call }: Followed): string {
  return inSandbox
    ? "The call ends with the embedded sandbox."
    : `The call goes on, but it's no longer followed. Hang up with:\n  sipgate-call hangup --call ${call.callId}`;
}

/** Shows what the ring timeout does. */
function ringTimeoutReport(seconds: number, display: Display): RingTimeoutReport {
  return {
    notSeen: () =>
      display.warning("The ring timeout can't be enforced: whether somebody has answered can't be seen."),
    hangingUp: () => display.notice(`Not connected within ${limitInWords(seconds)}: hanging up.`),
    failed: ({ message, remedy }) => display.warning(`Hanging up may have failed. ${message} ${remedy}`),
  };
}
