import type { Command } from "../command.js";
import { openEarly } from "../connect/open-early.js";
import { dialOptionSpecs, readDialOptions } from "../dial/dial-options.js";
import { callFrom, callOptions } from "../settings/call-settings.js";

export const dial: Command = {
  name: "dial",
  group: "call",
  summary: "Place a call: your phone rings, and once you answer, the callee is called (the default command)",
  positional: {
    name: "callee",
    description: 'number to call, such as "+49 30 23125 000" or 030/23125000, or the name of a contact',
  },
  options: { ...callOptions, ...dialOptionSpecs },
  examples: [
    ['sipgate-call "+49 30 23125 000" --caller e0', "ring your phone e0, then the callee"],
    ['sipgate-call "Müller GmbH" --caller "Desk phone"', "call a contact, from the phone of this name"],
    [
      "sipgate-call 030/23125000 --caller e0 --caller-id +494066969000",
      "show another of your numbers as caller ID",
    ],
    [
      "sipgate-call dial +493023125000 --caller +4915228817386 --device e0",
      "ring a phone number of yours first",
    ],
    ["sipgate-call +493023125000 --sandbox", "try it without an account; no real phone rings"],
    [
      "sipgate-call +493023125000 --caller e0 --follow --json",
      "follow the call in a script: a JSON object for each change",
    ],
    ["sipgate-call +493023125000 --dry-run", "show what would be sent"],
  ],
  async run(input, output) {
    const [settings, options] = [callFrom(input), readDialOptions(input)];
    const count = options.preflight ? WITH_PREFLIGHT : 1;
    const sockets = options.isDryRun ? undefined : await openEarly(settings, input, count);
    try {
      const { dialFrom } = await import("./dial-from.js");
      return await dialFrom(settings, options, input, output, { sockets });
    } finally {
      sockets?.close();
    }
  },
};

/** Connections that a preflight and the call request need at least. */
const WITH_PREFLIGHT = 4;
