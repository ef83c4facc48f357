import { pushUserName, xcidOf } from "../assumptions.js";
import type { Call } from "../switch/call.js";
import type { PushEvent } from "./event.js";

/** The form to push for an event. Names and values are those of sipgate's documentation. */
export function formOf(event: PushEvent, call: Call): string {
  const fields = [...FIELDS[event](call)].filter((field): field is Field => field[1] !== undefined);
  return new URLSearchParams(fields).toString();
}

type Field = [name: string, value: string];
type MaybeField = [name: string, value: string | undefined];

const FIELDS: Readonly<Record<PushEvent, (call: Call) => readonly MaybeField[]>> = {
  newCall: (call) => [
    ...common("newCall", call),
    ["user[]", pushUserName(call.userId)],
    ["userId[]", call.userId],
    ["fullUserId[]", fullUserId(call)],
  ],
  answer: (call) => [
    ...common("answer", call),
    ["user", pushUserName(call.userId)],
    ["userId", call.userId],
    ["fullUserId", fullUserId(call)],
    ["answeringNumber", answeringNumber(call)],
  ],
  hangup: (call) => [
    ...common("hangup", call),
    ["cause", call.end?.raw],
    ["answeringNumber", answeringNumber(call)],
  ],
};

function common(event: PushEvent, call: Call): MaybeField[] {
  return [
    ["event", event],
    ["direction", "out"],
    ["from", withoutPlus(call.callerIdShown)],
    ["to", withoutPlus(call.callee)],
    ["callId", call.id],
    ["origCallId", call.originalId],
    ["xcid", xcidOf(call)],
  ];
}

/** Unique among all customers. A `userId` is unique within its account only [official]. */
function fullUserId({ masterSipId, userId }: Call): string {
  return `${masterSipId}${userId}`;
}

/** `undefined` if the callee didn't answer. */
function answeringNumber({ connectedAt, callee }: Call): string | undefined {
  return connectedAt === undefined ? undefined : withoutPlus(callee);
}

/** Numbers are pushed without plus [official]. */
function withoutPlus(number: string): string {
  return number.replace(/^\+/, "");
}
