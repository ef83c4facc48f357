import type { RingGroup } from "./accounts/account.js";
import { ACCOUNTS } from "./accounts/accounts.js";
import { CALLEES } from "./phones/callees.js";
import { berlinNumber } from "./phones/film-numbers.js";
import type { Platform } from "./switch/call.js";
import type { EndCause } from "./switch/end.js";

/** A number to dial. Other film numbers answer like the first one; no other number exists. */
export interface DocumentedCallee {
  /** E.164 with plus. */
  readonly number: string;
  /** Why a call to this number ends, unless somebody ends it earlier. */
  readonly cause: EndCause;
  /** What happens to the call, in English. */
  readonly outcome: string;
}

/** An extension to call from: a device, or on classic a phoneline [official]. */
export interface DocumentedCaller {
  /** For instance `e0`. */
  readonly id: string;
  /** The platform of its account. */
  readonly platform: Platform;
  /** Whose it is, for instance `w0`. */
  readonly userId: string;
  /** What it does when it's rung, in English. */
  readonly behaviourText: string;
}

/** The numbers to dial, one for each outcome. */
export const callees: readonly DocumentedCallee[] = CALLEES.map(({ digits, cause, outcome }) => ({
  number: berlinNumber(digits),
  cause,
  outcome,
}));

/** The extensions to call from, on both platforms. */
export const callers: readonly DocumentedCaller[] = [...callersOn("classic"), ...callersOn("neo")];

/** Phonelines are listed for classic only: neo doesn't accept one as the caller. */
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
