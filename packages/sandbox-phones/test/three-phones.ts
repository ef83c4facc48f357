import type { Baresip } from "./baresip.js";
import { berlin, PhoneSandbox } from "./support.js";

/** The number of the callee, and of who the call is transferred to. */
export const CALLEE = berlin("010");
export const TARGET = berlin("011");

/** A sandbox with phones at both numbers. */
export function startWithTarget(): Promise<PhoneSandbox> {
  return PhoneSandbox.start({ callees: { [CALLEE]: "e7", [TARGET]: "e8" } });
}

interface ThreePhones {
  readonly phones: PhoneSandbox;
  /** Of the call between caller and callee. */
  readonly id: string;
  readonly caller: Baresip;
  readonly callee: Baresip;
  readonly target: Baresip;
}

/** A caller that says 440 Hz and a callee that says 800 Hz, in a call, and a phone that rings and says 1,200 Hz then. */
export async function threePhones(): Promise<ThreePhones> {
  const phones = await startWithTarget();
  const [caller, callee, target] = await Promise.all([
    phones.baresip("e0", 440),
    phones.baresip("e7", 800),
    phones.baresip("e8", 1_200, false),
  ]);
  const id = await phones.place("e0", CALLEE);
  await phones.state("connected", id);
  return { phones, id, caller, callee, target };
}
