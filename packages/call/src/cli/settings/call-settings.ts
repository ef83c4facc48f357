// What dial and doctor take of a call: options, settings, and what stands in for them in the sandbox.
import type { CallRequest } from "../../call/call-request.js";
import type { Input, OptionSpec } from "../command.js";
import { readSettings, type Settings } from "./settings.js";

export const callOptions = {
  caller: {
    type: "string",
    placeholder: "EXT|NUMBER",
    description: "what rings first: an extension (e0) or a phone number",
  },
  "caller-id": { type: "string", placeholder: "NUMBER", description: "number that the callee is shown" },
  device: {
    type: "string",
    placeholder: "EXT",
    description: "extension that is billed; needed if the caller is a number",
  },
  country: {
    type: "string",
    placeholder: "CC",
    description: "where numbers without country code are dialled (default: DE)",
  },
} as const satisfies Record<string, OptionSpec>;

/** The settings, with the callee typed, and with the device as the caller where none is named. */
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

/** Who calls in the sandbox, and who answers there and hangs up soon, where nobody is named. */
const SANDBOX_CALLER = "e0";
const SANDBOX_CALLEE = "+493023125005";

export function requestOf(settings: Settings, inSandbox: boolean): CallRequest {
  const request = {
    caller: settings.caller?.value ?? (inSandbox ? SANDBOX_CALLER : undefined),
    callee: settings.callee?.value ?? (inSandbox ? SANDBOX_CALLEE : undefined),
    callerId: settings.callerId?.value,
    deviceId: settings.deviceId?.value,
  };
  return request as CallRequest; // What is missing, the library's check names along with everything else.
}
