import type { RingGroup } from "./accounts/account.js";
import { ACCOUNTS } from "./accounts/accounts.js";
import { CALLEES } from "./phones/callees.js";
import { berlinNumber } from "./phones/film-numbers.js";
import type { Platform } from "./switch/call.js";
import type { EndCause } from "./switch/end.js";

/** A number to dial. Other numbers of the film ranges answer like the first; behind any other there is nobody. */
export interface DocumentedCallee {
  /** E.164 with plus. */
  readonly number: string;
  /** Why a call to it ends, unless something else ends it before. */
  readonly cause: EndCause;
  /** What becomes of the call, for people. */
  readonly outcome: string;
}

/** An extension to call from. */
export interface DocumentedCaller {
  readonly id: string;
  readonly platform: Platform;
  readonly userId: string;
  /** What it does when it is rung, for people. */
  readonly behaviourText: string;
}

export const callees: readonly DocumentedCallee[] = CALLEES.map(({ digits, cause, outcome }) => ({
  number: berlinNumber(digits),
  cause,
  outcome,
}));

export const callers: readonly DocumentedCaller[] = [...callersOn("classic"), ...callersOn("neo")];

/** Devices on both platforms; phonelines on classic only, since neo takes none as a caller. */
function callersOn(platform: Platform): DocumentedCaller[] {
  return ACCOUNTS[platform].users.flatMap(({ id: userId, devices, phonelines }) => [
    ...devices.map(({ id, behaviourText }) => ({ id, platform, userId, behaviourText })),
    ...(platform === "neo"
      ? []
      : phonelines.map((line) => ({ id: line.id, platform, userId, behaviourText: ringsAll(line) }))),
  ]);
}

function ringsAll({ deviceIds }: RingGroup): string {
  const [only, ...others] = deviceIds;
  if (others.length === 0) return `is a phoneline: rings ${only}`;
  return `is a phoneline: rings ${deviceIds.join(" and ")}, the first to answer wins`;
}
