import type { CallEnd } from "../switch/end.js";

/** What a simulated phone does when it's rung. */
export type PhoneBehaviour =
  /**
   * Rings and answers `afterMs` later. Hangs up `hangsUpAfterMs` after both parties are connected, if that's given.
   * `echoes`: whether a registered phone hears itself in place of a voice.
   */
  | {
      readonly kind: "answers";
      readonly afterMs: number;
      readonly hangsUpAfterMs?: number;
      readonly echoes?: boolean;
    }
  /** Rings until the network gives up. */
  | { readonly kind: "rings" }
  /** Rings for `ringsMs` (0: not at all), then ends the call as `end` says. */
  | { readonly kind: "declines"; readonly ringsMs: number; readonly end: CallEnd }
  /** Isn't registered, and the network knows. */
  | { readonly kind: "offline" }
  /** Neither rings nor declines. The network gives up in the end. */
  | { readonly kind: "silent" };
