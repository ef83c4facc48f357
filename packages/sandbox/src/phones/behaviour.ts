import type { CallEnd } from "../switch/end.js";

/** Why a phone, or the network in its place, doesn't take a call. */
export type Refusal = CallEnd;

/** What happens at a phone that is being called. All times are in milliseconds. */
export type PhoneBehaviour =
  /** Rings, is picked up `afterMs` later and, unless null, hangs up `hangsUpAfterMs` after both sides are connected. */
  | { readonly kind: "answers"; readonly afterMs: number; readonly hangsUpAfterMs: number | null }
  /** Rings until the network gives up. */
  | { readonly kind: "rings" }
  /** Rings for `ringsMs` (0: not at all), then ends the call so. */
  | { readonly kind: "refuses"; readonly ringsMs: number; readonly refusal: Refusal }
  /** Nothing at all: no ringing, no refusal. The network gives up in the end. */
  | { readonly kind: "silent" };

/** A phone with its behaviour; one leg of a call may ring several of them. */
export interface Endpoint {
  /** The extension (`e0`) or the number. */
  readonly id: string;
  readonly behaviour: PhoneBehaviour;
}
