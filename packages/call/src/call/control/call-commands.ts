// Checks the commands for a running call: a program in plain JavaScript may pass anything.
import { InvalidRequestError, type Problem } from "../errors.js";
import { readPhoneNumber } from "../number/phone-number.js";
import { unknownNames } from "../options.js";
import type { CallCommand } from "../telephony.js";
import { isId } from "../text/id.js";
import { printable } from "../text/printable.js";
import { unicodePattern } from "../text/unicode-pattern.js";

export function checkedId(callId: unknown): string {
  if (isId(callId)) return callId;
  const remedy = "Give the callId that placing the call answered.";
  throw new InvalidRequestError([problem("callId", "It isn't the id of a call.", remedy)]);
}

export function switching(kind: "mute" | "hold", on: unknown): CallCommand {
  const problems: Problem[] = [];
  const command = { kind, on: flagOf("on", on, problems) };
  return checked(command, problems);
}

export function tones(sequence: unknown): CallCommand {
  if (typeof sequence === "string" && /^[0-9A-D*#]{1,100}$/i.test(sequence))
    return { kind: "dtmf", sequence: sequence.toUpperCase() };
  const message = `${shown(sequence)} isn't a sequence of tones.`;
  throw new InvalidRequestError([problem("sequence", message, "Use 0 to 9, A to D, * and #, at most 100.")]);
}

const WEB_ADDRESS = unicodePattern(String.raw`^https?://[^\s\p{C}]+$`, "u");

export function sound(url: unknown): CallCommand {
  if (typeof url === "string" && WEB_ADDRESS().test(url) && URL.canParse(url))
    return { kind: "announce", url };
  const message = `${shown(url)} isn't the URL of a sound.`;
  const remedy = "Give an http or https URL, as text, of a WAV file (mono, 16 bit, 8 kHz).";
  throw new InvalidRequestError([problem("url", message, remedy)]);
}

export function recording(given: unknown): CallCommand {
  const fields = fieldsOf("recording", given, "Give an object such as { on: true }.");
  const { on, announced = true } = fields;
  const problems = unknownNames(fields, ["on", "announced"], "field");
  const command = {
    kind: "record",
    on: flagOf("on", on, problems),
    announced: flagOf("announced", announced, problems),
  } as const;
  return checked(command, problems);
}

export async function transfer(target: unknown, country?: string): Promise<CallCommand> {
  const remedy = 'Give an object such as { to: "+49 30 23125 000" }.';
  const fields = fieldsOf("target", target, remedy);
  const { to, callerId, attended = false } = fields;
  const problems = unknownNames(fields, ["to", "attended", "callerId"], "field");
  const number = async (field: string, text: unknown) => {
    // This itself refuses what isn't text.
    const result = await readPhoneNumber(text as string, country);
    if (result.ok) return result.number;
    const { message, remedy, readings } = result;
    problems.push({ ...problem(field, message, remedy), ...(readings.length > 0 && { readings }) });
    return undefined;
  };
  const numbers = {
    to: await number("to", to),
    callerId: callerId === undefined ? undefined : await number("callerId", callerId),
  };
  const command = { kind: "transfer", ...numbers, attended: flagOf("attended", attended, problems) } as const;
  if (command.to === undefined) throw new InvalidRequestError(problems);
  return checked({ ...command, to: command.to }, problems);
}

function checked(command: CallCommand, problems: readonly Problem[]): CallCommand {
  if (problems.length > 0) throw new InvalidRequestError(problems);
  return command;
}

/** A value that must be true or false; anything else is noted as a problem. */
function flagOf(field: string, given: unknown, problems: Problem[]): boolean {
  if (typeof given !== "boolean")
    problems.push(problem(field, "It must be true or false.", "Give true or false, not text."));
  return given === true;
}

function fieldsOf(field: string, given: unknown, remedy: string): Readonly<Record<string, unknown>> {
  if (typeof given === "object" && given !== null) return { ...given };
  throw new InvalidRequestError([problem(field, "It must be an object.", remedy)]);
}

function shown(given: unknown): string {
  return typeof given === "string" ? `"${printable(given)}"` : `What isn't text (${typeof given})`;
}

function problem(field: string, message: string, remedy: string): Problem {
  return { field, code: "invalid", message, remedy };
}
