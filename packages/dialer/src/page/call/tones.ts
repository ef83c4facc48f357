import { signal } from "@preact/signals";
import { callActs } from "./call-acts.js";

/** What was sent in this call. */
export const sent = signal("");

/** Tones go out in the order in which they were pressed. */
let sending: Promise<unknown> = Promise.resolve();

export function sendTones(typed: string): void {
  const tones = typed.toUpperCase().replace(/[^\dA-D*#]/g, "");
  if (tones === "") return;
  sent.value += tones;
  sending = sending.then(() => callActs.peek()?.sendTones(tones));
}
