// What each of sipgate's platforms allows, for the checks before a call.
import type { Extension } from "../../call/extension.js";
import type { E164 } from "../../call/number/phone-number.js";
import type { Verdict } from "../../call/preflight/check.js";
import type { PlatformRules } from "../../call/preflight/platform-rules.js";
import type { CallRestrictions, Channel, Device, Platform } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import { chooseChannel } from "./neo-assumptions.js";
import { notInChannel, refusedByNeo, refusesPhone } from "./neo-rules.js";

/** @param platform `undefined`: not known; then nothing is reported that holds on one platform only */
export function preflightRules(platform: Platform | undefined): PlatformRules {
  const isNeo = platform === "neo";
  return {
    hasChannels: isNeo,
    hasHistory: platform === "classic",
    placingScope: isNeo ? "rtcm:write" : "sessions:calls:write",
    refuses: (request) => (isNeo ? refusedByNeo(request) : undefined),
    judgeKind: (phone, caller) => (isNeo ? kindOnNeo(phone, caller) : undefined),
    judgeChannels,
    judgeRestrictions,
  };
}

function kindOnNeo(phone: Device, caller: Extension): Verdict | undefined {
  if (refusesPhone(phone)) {
    const message = `${caller} is a mobile phone, which neo refuses.`;
    return { result: "failed", message, remedy: "Call from a VoIP phone or the desktop app." };
  }
  if (phone.type === "APP") {
    const message = `${caller} is an app. On neo the desktop app rings, the mobile app never does.`;
    return { result: "warning", message, remedy: "If it's the mobile app, call from another phone." };
  }
  return undefined;
}

function judgeChannels(channels: readonly Channel[], userId: string, caller: Extension): Verdict {
  const { channel, holdsDevice } = chooseChannel(channels, userId, caller);
  if (!holdsDevice) return { result: "warning", ...notInChannel(caller) };
  return { result: "ok", message: `${printable(channel?.name ?? "")} holds ${caller}.`, remedy: "" };
}

// The flags of sipgate's OpenAPI document, which doesn't say what exactly each covers. Roaming doesn't
// concern calls that the API places.
const RESTRICTIONS = [
  { flag: "foreignSpecial", abroad: true, what: "special numbers abroad" },
  { flag: "highCostForeignNumbers", abroad: true, what: "expensive numbers abroad" },
  { flag: "charged", abroad: false, what: "numbers that cost extra" },
] as const;

function judgeRestrictions(restrictions: CallRestrictions, callee: E164): Verdict {
  const isAbroad = !callee.startsWith("+49");
  const barred = RESTRICTIONS.filter(({ flag, abroad }) => restrictions[flag] && (isAbroad || !abroad));
  if (barred.length === 0) return { result: "ok", message: "None that concerns this number.", remedy: "" };
  return {
    result: "warning",
    message: `You may not call ${barred.map(({ what }) => what).join(" and ")}, if this is one.`,
    remedy: "An administrator can change that at https://app.sipgate.com.",
  };
}
