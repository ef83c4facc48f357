// What can be done to a running call by a plan: to be shown to a person, judged by the rules, and done once.
import { type Call, InvalidRequestError, type Problem, readPhoneNumber } from "sipgate-call";
import { z } from "zod";
import type { PlannedAction } from "../plans/planned-action.js";
import { judgeTime } from "../rules/judge.js";
import { judgeNumbers } from "../rules/judge-numbers.js";
import { factsOf } from "../rules/number-facts.js";
import { type Rules, wholeRules } from "../rules/rules.js";

export const ACTIONS = [
  "hangup",
  "mute",
  "unmute",
  "hold",
  "resume",
  "dtmf",
  "transfer",
  "record",
  "stop_recording",
] as const;

export const CONTROL_FIELDS = {
  action: z.enum(ACTIONS).optional().describe("What to do to a running call instead of placing one"),
  callId: z.string().max(500).optional().describe("The running call, from place_call or list_calls"),
  to: z.string().max(64).optional().describe("For transfer: the number to connect the other party with"),
  attended: z.boolean().optional().describe("For transfer: whether the person talks to that number first"),
  tones: z.string().max(100).optional().describe("For dtmf, tones: 0 to 9, A to D, * and #"),
};

export type ControlAction = Exclude<PlannedAction, { kind: "call" }>;

interface Given {
  readonly action?: (typeof ACTIONS)[number] | undefined;
  readonly callId?: string | undefined;
  readonly to?: string | undefined;
  readonly attended?: boolean | undefined;
  readonly tones?: string | undefined;
}

/** @throws InvalidRequestError if something is missing or wrong */
export async function controlAction(given: Given, defaultCountry?: string): Promise<ControlAction> {
  const { action, callId } = given;
  if (callId === undefined) throw missing("callId", "Give the callId from place_call or list_calls.");
  switch (action) {
    case "hangup":
      return { kind: "hangup", callId };
    case "mute":
    case "unmute":
      return { kind: "mute", callId, on: action === "mute" };
    case "hold":
    case "resume":
      return { kind: "hold", callId, on: action === "hold" };
    case "record":
    case "stop_recording":
      return { kind: "record", callId, on: action === "record" };
    case "dtmf": {
      const tones = given.tones ?? "";
      if (!/^[0-9A-D*#]{1,100}$/.test(tones)) throw missing("tones", "Give 0 to 9, A to D, * and #.");
      return { kind: "dtmf", callId, tones };
    }
    case "transfer": {
      const read = await readPhoneNumber(given.to ?? "", defaultCountry);
      if (!read.ok) {
        const { code, message, remedy, readings } = read;
        throw new InvalidRequestError([{ field: "to", code, message, remedy, readings }]);
      }
      return { kind: "transfer", callId, to: read.number, attended: given.attended ?? false };
    }
    default:
      throw missing("action", "Say what to do to the call.");
  }
}

const SENTENCES: Readonly<Record<Exclude<ControlAction["kind"], "transfer" | "dtmf">, [string, string]>> = {
  hangup: ["Hang up the call for everyone.", ""],
  mute: ["Mute the person's own side of the call.", "Unmute the person's own side of the call."],
  hold: ["Put the call on hold.", "Resume the call."],
  record: ["Record the call from now on, with an announcement to everyone.", "Stop recording the call."],
};

export async function describeControl(
  action: ControlAction,
): Promise<{ readonly sentence: string; readonly points: readonly string[] }> {
  if (action.kind === "dtmf") {
    const sentence = `Send the tones ${action.tones} into the call.`;
    return { sentence, points: [sentence] };
  }
  if (action.kind === "transfer") {
    const { formatted, country, costly } = await factsOf((await read(action.to)).number);
    const sentence = `Transfer the call to ${formatted}${action.attended ? " after talking to that number" : ""}.`;
    const costs = costly ? ["That number costs more than others, or may"] : [];
    return { sentence, points: [sentence, ...(country ? [`Country: ${country}`] : []), ...costs] };
  }
  const isOff = "on" in action && !action.on;
  const sentence = SENTENCES[action.kind][isOff ? 1 : 0];
  return { sentence, points: [sentence] };
}

/** A transfer rings somebody new: the rules of calls count. */
export async function judgeControl(action: ControlAction, rules: Rules): Promise<Problem[]> {
  if (action.kind !== "transfer") return [];
  const whole = wholeRules(rules);
  const { number } = await read(action.to);
  return [...(await judgeNumbers(whole, [number])), ...judgeTime(whole, new Date())];
}

/** The word of the command line for it. */
export function commandOf(action: ControlAction): string {
  if (action.kind === "mute") return action.on ? "mute" : "unmute";
  if (action.kind === "hold") return action.on ? "hold" : "resume";
  return action.kind;
}

/** What may be done without a plan to a call that the tools have placed. */
export function isSmall({ kind }: ControlAction): boolean {
  return kind === "hangup" || kind === "mute" || kind === "hold";
}

export function doControl(call: Call, action: ControlAction): Promise<void> {
  switch (action.kind) {
    case "hangup":
      return call.hangUp();
    case "mute":
      return call.mute(action.on);
    case "hold":
      return call.hold(action.on);
    case "record":
      return call.record({ on: action.on });
    case "dtmf":
      return call.sendDtmf(action.tones);
    case "transfer":
      return call.transfer({ to: action.to, attended: action.attended });
  }
}

async function read(number: string) {
  const found = await readPhoneNumber(number);
  if (!found.ok) throw new Error("A planned number has changed.");
  return found;
}

function missing(field: string, remedy: string): InvalidRequestError {
  return new InvalidRequestError([
    { field, code: "missing", message: "It's missing, or can't be used.", remedy },
  ]);
}
