// What the files of plans hold, checked when it's read: a file may be damaged, or of another version.
import { isObject } from "../files/private-files.js";
import type { Answer, Attempt, ControlOutcome, PlacedCallNote, PlacedPlan, Plan } from "./plan.js";
import type { PlannedAction } from "./planned-action.js";

type Guard = (value: unknown) => boolean;

const isText: Guard = (value) => typeof value === "string";
const isBoolean: Guard = (value) => typeof value === "boolean";
const isCallRequest: Guard = (value) => hasAll(value, { caller: isText, callee: isText });

const ACTIONS: Readonly<Record<PlannedAction["kind"], Readonly<Record<string, Guard>>>> = {
  call: { request: isCallRequest },
  hangup: { callId: isText },
  mute: { callId: isText, on: isBoolean },
  hold: { callId: isText, on: isBoolean },
  dtmf: { callId: isText, tones: isText },
  transfer: { callId: isText, to: isText, attended: isBoolean },
  record: { callId: isText, on: isBoolean },
};

export function isPlan(value: unknown): value is Plan {
  const isTexts: Guard = (points) => Array.isArray(points) && points.every(isText);
  const isTime: Guard = (at) => typeof at === "number";
  return hasAll(value, { action: isAction, account: isText, at: isTime, sentence: isText, points: isTexts });
}

export function isAttempt(value: unknown): value is Attempt {
  const isTexts: Guard = (numbers) => Array.isArray(numbers) && numbers.every(isText);
  const isTime: Guard = (at) => typeof at === "number";
  return hasAll(value, { at: isTime, numbers: isTexts, sentence: isText });
}

export function isCallNote(value: unknown): value is PlacedCallNote {
  return hasAll(value, { callee: isText, sentence: isText, plan: isText });
}

export function isOutcome(value: unknown): value is { readonly outcome: ControlOutcome } {
  return hasAll(value, { outcome: isOneOf(["done", "failed", "unknown"]) });
}

export function isAnswer(value: unknown): value is Answer {
  if (!isObject(value)) return false;
  return value.yes === false || (value.yes === true && isOneOf(["rules", "client", "page"])(value.by));
}

export function isPlacedPlan(value: unknown): value is PlacedPlan {
  const isOptionalText: Guard = (channelId) => channelId === undefined || isText(channelId);
  return hasAll(value, { callId: isText, platform: isOneOf(["classic", "neo"]), channelId: isOptionalText });
}

function isAction(value: unknown): value is PlannedAction {
  if (!isObject(value) || typeof value.kind !== "string" || !isKind(value.kind)) return false;
  return hasAll(value, ACTIONS[value.kind]);
}

function isKind(kind: string): kind is PlannedAction["kind"] {
  return Object.hasOwn(ACTIONS, kind);
}

function isOneOf(texts: readonly string[]): Guard {
  return (value) => typeof value === "string" && texts.includes(value);
}

function hasAll(value: unknown, guards: Readonly<Record<string, Guard>>): boolean {
  return isObject(value) && Object.entries(guards).every(([name, guard]) => guard(value[name]));
}
