import type { WireCall } from "../../wire/wire.js";
import { isBrowser, isCutOff, isTakingUp } from "../phone/browser-phone.js";
import { account, contactOf } from "../state/account.js";
import { consulted, isOver, nameOf } from "../state/calls.js";
import { words } from "../words/words.js";
import { type CallDescription, describeCall } from "./describe-call.js";

export const phoneName = (id: string): string => (isBrowser(id) ? words.value.thisBrowser : deviceName(id));

const deviceName = (id: string): string =>
  account.value?.devices.find((device) => device.id === id)?.name ?? id;

export function describeCurrent(call: WireCall): CallDescription {
  const name = nameOf(call);
  if (!isOver(call) && isBrowser(call.caller) && isCutOff.value)
    return {
      headline: isTakingUp.value ? words.value.takingUp.headline : words.value.cutOff.headline,
      line: isTakingUp.value ? words.value.takingUp.line(name) : words.value.cutOff.line,
      notes: [],
      near: { look: "unknown", word: "reconnecting" },
      far: { look: "unknown", word: "last-connected" },
    };
  const third = consulted.value;
  if (!isOver(call) && third?.id === call.id) {
    const told = describeCall(call, words.value, name, phoneName(call.caller));
    const thirdName = contactOf(third.number)?.name ?? third.number;
    const { headline, line } = words.value.consulting;
    return { ...told, headline: headline(thirdName), line: line(name), far: { look: "held", word: "held" } };
  }
  return describeCall(call, words.value, name, phoneName(call.caller));
}
