// The other party of a second call, as the picture shows it.
import type { Leg } from "../call/describe-call.js";
import type { IconName } from "../frame/icon.js";
import { contactOf } from "../state/account.js";
import { consulted, current } from "../state/calls.js";
import { answered, callerName, dialling, incoming, waiting } from "./browser-phone.js";

interface ThirdParty {
  readonly leg: Leg;
  readonly icon: IconName;
  readonly name: string;
}

export function thirdParty(): ThirdParty | undefined {
  const party = (look: Leg["look"], word: Leg["word"], name: string): ThirdParty => ({
    leg: { look, word },
    icon: "phone",
    name,
  });
  if (dialling.value !== undefined) return party("ringing", "called", callerName(dialling.value));
  if (waiting.value !== undefined) return party("held", "held", callerName(waiting.value));
  if (incoming.value !== undefined && answered.value !== undefined)
    return party("calling", "calling", callerName(incoming.value));
  const asked = consulted.value;
  if (asked === undefined || asked.id !== current.value?.id) return undefined;
  return party("unknown", "unknown", contactOf(asked.number)?.name ?? asked.number);
}
