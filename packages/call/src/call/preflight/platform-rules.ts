import type { CheckedCallRequest } from "../call-request.js";
import type { Problem } from "../errors.js";
import type { Extension } from "../extension.js";
import type { E164 } from "../number/phone-number.js";
import type { CallRestrictions, Channel, Device, Platform } from "../telephony.js";
import type { Verdict } from "./check.js";

/** The port: what the rules of the account's platform say about a call before it's placed. */
export interface PlatformRules {
  /** Whether calls go through channels. */
  readonly hasChannels: boolean;
  /** Whether the platform has a separate history that tells how calls have ended. */
  readonly hasHistory: boolean;
  /** The scope that placing a call requires. */
  readonly placingScope: string;
  /** Why the platform can't carry the call, if it can't. */
  refuses(request: CheckedCallRequest): Problem | undefined;
  /** What this phone's kind means for calling with it, if anything. */
  judgeKind(phone: Device, caller: Extension): Verdict | undefined;
  judgeChannels(channels: readonly Channel[], userId: string, caller: Extension): Verdict;
  judgeRestrictions(restrictions: CallRestrictions, callee: E164): Verdict;
}

/** The rules of a platform, or of an account whose platform isn't known. */
export type RulesOf = (platform: Platform | undefined) => PlatformRules;
