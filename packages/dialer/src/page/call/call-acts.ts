// What one can do with the call that runs: an order of the dialer's by sipgate's API, any other call by this browser itself.
import { computed } from "@preact/signals";
import { ownCall } from "../phone/browser-phone.js";
import { dialSecond } from "../phone/keep-phone.js";
import type { SipCall } from "../phone/sip-call.js";
import { control, current, isOver, latest } from "../state/calls.js";

export interface CallActs {
  readonly isMuted: boolean;
  readonly isHeld: boolean;
  /** Undefined: it can't be recorded. */
  readonly isRecording: boolean | undefined;
  mute(on: boolean): Promise<unknown>;
  hold(on: boolean): Promise<unknown>;
  record(on: boolean): Promise<unknown>;
  sendTones(tones: string): Promise<unknown>;
  /** @returns whether it came about, as far as it's known */
  transfer(to: string, attended: boolean): Promise<boolean>;
}

export const callActs = computed<CallActs | undefined>(() => {
  if (ownCall.value !== undefined) return actsOfPhone(ownCall.value);
  const call = current.value;
  if (call === undefined || isOver(call) || latest(call).state !== "connected") return undefined;
  return {
    isMuted: call.muted,
    isHeld: call.held,
    isRecording: call.recording,
    mute: (on) => control({ action: "mute", on }),
    hold: (on) => control({ action: "hold", on }),
    record: (on) => control({ action: "record", on }),
    sendTones: (tones) => control({ action: "tones", tones }),
    transfer: (to, attended) => control({ action: "transfer", to, attended }),
  };
});

function actsOfPhone(call: SipCall): CallActs {
  return {
    isMuted: call.microphone.isMuted.value,
    isHeld: call.isHeld.value,
    isRecording: undefined,
    mute: async (on) => call.microphone.mute(on),
    hold: async (on) => call.wait(on),
    record: async () => {},
    sendTones: async (tones) => call.sendTones(tones),
    async transfer(to, attended) {
      if (!attended) return call.transfer(to);
      await dialSecond(to);
      return true;
    },
  };
}
