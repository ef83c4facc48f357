import type { Clock } from "../clock.js";
import { CallError } from "../errors.js";
import type { Telephony } from "../telephony.js";
import { hasBothParties } from "./observation.js";

/** A call that is hung up if nobody answers it. */
export interface RingingCall {
  readonly callId: string;
  hangUp(): Promise<void>;
}

/** Is told the outcome of the timeout. */
export interface RingTimeoutReport {
  /** Whether somebody has answered can't be seen, so the call isn't hung up. */
  notSeen(): void;
  /** Both parties don't talk: it's being hung up. */
  hangingUp(): void;
  /** The call may go on. */
  failed(error: CallError): void;
}

/**
 * Hangs a call up after the timeout, unless both parties talk by then, or may.
 *
 * @returns a function that cancels the timeout, such as when they talk
 */
export function startRingTimeout(
  clock: Clock,
  telephony: Pick<Telephony, "calls">,
  call: RingingCall,
  milliseconds: number,
  report: RingTimeoutReport,
): () => void {
  return clock.after(milliseconds, () => void hangUpUnanswered(telephony, call, report));
}

async function hangUpUnanswered(
  telephony: Pick<Telephony, "calls">,
  call: RingingCall,
  report: RingTimeoutReport,
): Promise<void> {
  const connected = await isConnected(telephony, call.callId);
  if (connected === undefined) return report.notSeen();
  if (connected) return; // Answered since the last observation.
  report.hangingUp();
  try {
    await call.hangUp();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.code !== "call-not-found") report.failed(error); // Otherwise it has ended meanwhile.
  }
}

/** Whether both parties of a call talk now; undefined if that can't be seen. */
async function isConnected(
  telephony: Pick<Telephony, "calls">,
  callId: string,
): Promise<boolean | undefined> {
  try {
    const running = await telephony.calls();
    return running.some((call) => call.callId === callId && hasBothParties(call));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return undefined;
  }
}
