import type { PastCall } from "../../call/telephony.js";

/** Shows past calls one after the other. */
export interface CallWriter {
  write(call: PastCall): void;
  /** Shows what is left. */
  end(): void;
}
