// The options and settings of a call, for dial and doctor, and their defaults in the sandbox.
import type { CallRequest } from "../../call/call-request.js";
import type { Input, OptionSpec } from "../command.js";
import { readSettings, type Settings } from "./settings.js";

export const contactsOption = {
  type: "string",
  placeholder: "FILE",
  description: "file of yours with contacts, vCard or CSV, beside sipgate's",
} as const satisfies OptionSpec;

export const callOptions = {
  caller: {
    type: "string",
    placeholder: "EXT|NUMBER",
    description: "what rings first: your extension, such as e0, the name of that phone, or a phone number",
  },
  "caller-id": {
    type: "string",
    placeholder: "NUMBER",
    description: "caller ID: the number that the callee sees",
  },
  device: {
    type: "string",
    placeholder: "EXT",
    description: "extension that is billed; required if the caller is a number",
  },
  country: {
    type: "string",
    placeholder: "CC",
    description: "country of numbers without a country code (default: DE)",
  },
  contacts: contactsOption,
} as const satisfies Record<string, OptionSpec>;

/** The settings, with the callee argument. Without a caller, the device is the caller. */
export function callFrom(input: Input): Settings {
  const settings = readSettings(input);
  const [callee] = input.positionals;
  return {
    ...settings,
    ...(callee === undefined ? {} : { callee: { value: callee, from: "callee", source: "option" as const } }),
    ...(settings.caller === undefined && settings.deviceId !== undefined
      ? { caller: settings.deviceId }
      : {}),
  };
}

/** Defaults in the sandbox; this callee answers and soon hangs up. */
const SANDBOX_CALLER = "e0";
const SANDBOX_CALLEE = "+493023125005";

export function requestOf(settings: Settings, inSandbox: boolean): CallRequest {
  const request = {
    caller: settings.caller?.value ?? (inSandbox ? SANDBOX_CALLER : undefined),
    callee: settings.callee?.value ?? (inSandbox ? SANDBOX_CALLEE : undefined),
    callerId: settings.callerId?.value,
    deviceId: settings.deviceId?.value,
  };
  return request as CallRequest; // The library's check names what is missing, along with everything else.
}
