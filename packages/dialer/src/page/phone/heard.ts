// What is known of the sound of the call on this browser.
import { signal } from "@preact/signals";
import type { CallFault, Measured } from "../audio/call-faults.js";

export const callFaults = signal<readonly CallFault[]>([]);
/** The last that was measured of a call that runs. */
export const measured = signal<Measured | undefined>(undefined);
