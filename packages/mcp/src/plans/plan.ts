import type { PlannedAction } from "./planned-action.js";

/** How a person has said yes. */
export type YesBy = "rules" | "client" | "page";

export interface Plan {
  readonly action: PlannedAction;
  /** Which account it's for. */
  readonly account: string;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  /** What would happen, as a person reads it. */
  readonly sentence: string;
  /** The same in points, for a person to check. */
  readonly points: readonly string[];
}

/** What a person has said. */
export type Answer = { readonly yes: true; readonly by: YesBy } | { readonly yes: false };

/** What was sent, or was about to be. */
export interface Attempt {
  /** Milliseconds since 1970; undefined if its file is damaged. */
  readonly at?: number | undefined;
  /** The numbers that it rings. */
  readonly numbers: readonly string[];
  readonly sentence: string;
}

/** What became of what was done to a running call. */
export type ControlOutcome = "done" | "failed" | "unknown";

/** What became of a call. */
export interface PlacedPlan {
  readonly callId: string;
  readonly platform: "classic" | "neo";
  readonly channelId?: string | undefined;
}

/** What is kept of a call that was placed, for the log. */
export interface PlacedCallNote {
  readonly callee: string;
  readonly sentence: string;
  /** The plan's name in the log. */
  readonly plan: string;
}

export const VALID_MS = 600_000;

export function isExpired({ at }: Plan, now = Date.now()): boolean {
  return now - at > VALID_MS || at > now + VALID_MS;
}
