// Commands that act on a running call. Unless one is named, it's the only one that is running.
import type { CallControls } from "../../call/control/call-control.js";
import { chooseCall } from "../choose-call.js";
import type { Command, Input, OptionSpec, Positional } from "../command.js";
import { connect } from "../connect/connect.js";
import { EXIT } from "../exit-codes.js";
import { withFieldNames } from "../field-names.js";
import { namedCall, ofNamedCall } from "../named-call.js";
import { readSettings, withoutCall } from "../settings/settings.js";
import { usageError } from "../usage-error.js";

const CALL: OptionSpec = {
  type: "string",
  placeholder: "CALL",
  description: "which call: its number as calls shows it, last, or its id (default: the only running call)",
};

/** Of the commands that need no other argument. */
const WHICH: Positional = { name: "call", description: "the same as --call" };

const FIELD_NAMES = { callId: "--call", sequence: "tones", to: "number", callerId: "--caller-id" };

interface Control extends Pick<Command, "name" | "summary" | "examples" | "positional"> {
  readonly options?: Command["options"];
  /** Printed once sipgate has done it. */
  readonly done: string;
  /** Whole sentences instead. */
  readonly doneWith?: (input: Input) => string | undefined;
  act(controls: CallControls, input: Input, argument: string): Promise<void>;
}

function control({ done, doneWith, act, options = {}, ...rest }: Control): Command {
  return {
    group: "call",
    positional: WHICH,
    ...rest,
    options: { call: CALL, ...options },
    async run(input, output) {
      const argument = input.positionals[0] ?? "";
      if (rest.positional !== undefined && argument === "") throw missing(rest.name, rest.positional.name);
      const typed = callTyped(input, rest.positional === undefined ? argument : "");
      const connection = await connect(withoutCall(readSettings(input)), input, output);
      try {
        const named = await namedCall(connection.account, typed);
        const callId = await chooseCall(connection.client, named?.callId);
        await act(connection.client.call(callId), input, argument).catch((error: unknown) =>
          Promise.reject(named === undefined ? error : ofNamedCall(error, named)),
        );
        output.object({ type: "done", command: rest.name, callId });
        const parties = named?.parties === undefined ? "" : `: ${named.parties}`;
        output.line(doneWith?.(input) ?? `${done}${parties}.`);
        return EXIT.ok;
      } catch (error) {
        throw withFieldNames(error, FIELD_NAMES);
      } finally {
        await connection.close();
      }
    },
  };
}

/** The call that was named, by either way. */
function callTyped(input: Input, argument: string): string | undefined {
  const option = input.text("call");
  if (argument === "") return option;
  if (option !== undefined) throw usageError("--call", "The call is named already.", "Name it once.");
  return argument;
}

function missing(command: string, argument: string) {
  return usageError(argument, "It's missing.", `See \`sipgate-call help ${command}\`.`);
}

export const hangup = control({
  name: "hangup",
  summary: "Hang up: end a call for everyone",
  examples: [
    ["sipgate-call hangup", "end the only running call; if there are several, asks which"],
    ["sipgate-call hangup 1", "end the call that `sipgate-call calls` shows as 1"],
    ["sipgate-call hangup last", "end the call that was placed last from here, even if it still rings"],
  ],
  done: "Hung up",
  act: (call) => call.hangUp(),
});

export const mute = control({
  name: "mute",
  summary: "Mute yourself",
  examples: [["sipgate-call mute", "the other party no longer hears you"]],
  done: "Muted",
  act: (call) => call.mute(true),
});

export const unmute = control({
  name: "unmute",
  summary: "Unmute yourself",
  examples: [["sipgate-call unmute", "the other party hears you again"]],
  done: "No longer muted",
  act: (call) => call.mute(false),
});

export const hold = control({
  name: "hold",
  summary: "Put the other party on hold",
  examples: [["sipgate-call hold", "the other party waits"]],
  done: "On hold",
  act: (call) => call.hold(true),
});

export const resume = control({
  name: "resume",
  summary: "Resume a call that is on hold",
  examples: [["sipgate-call resume", "talk again"]],
  done: "Resumed",
  act: (call) => call.hold(false),
});

export const dtmf = control({
  name: "dtmf",
  summary: "Send DTMF tones, such as for a voice menu",
  positional: { name: "tones", description: "0 to 9, A to D, * and #" },
  examples: [['sipgate-call dtmf "123#"', "type 123# into a voice menu"]],
  done: "Tones sent",
  act: (call, _, tones) => call.sendDtmf(tones),
});

export const transfer = control({
  name: "transfer",
  summary: "Transfer a call: connect the other party with another number",
  positional: { name: "number", description: "number to transfer the call to" },
  options: {
    attended: { type: "boolean", description: "talk to the target first (default: transfer at once)" },
    "caller-id": {
      type: "string",
      placeholder: "NUMBER",
      description: "caller ID: the number that the target sees",
    },
  },
  examples: [
    ['sipgate-call transfer "+49 40 66969 000"', "transfer at once"],
    ["sipgate-call transfer 040/66969000 --attended", "talk to the target first"],
  ],
  done: "Transferred",
  act: (call, input, to) =>
    call.transfer({ to, attended: input.flag("attended"), callerId: input.text("caller-id") }),
});

export const record = control({
  name: "record",
  summary: "Record a call; an announcement tells everyone",
  options: {
    stop: { type: "boolean", description: "stop recording" },
    silent: {
      type: "boolean",
      description: "record without an announcement: only with everyone's consent; neo refuses it",
    },
  },
  examples: [
    ["sipgate-call record", "announce the recording, then record"],
    ["sipgate-call record --stop", "stop recording"],
  ],
  done: "Stopped recording",
  doneWith: (input) => (input.flag("stop") ? undefined : recordingText(input.flag("silent"))),
  act: (call, input) => call.record({ on: !input.flag("stop"), announced: !input.flag("silent") }),
});

/** Where it is found: entries of sipgate's history have a field "recordings" (its OpenAPI document). */
function recordingText(isSilent: boolean): string {
  const how = isSilent ? "without an announcement" : "after an announcement to everyone";
  return `Recording the call, ${how}. sipgate keeps the recording with the call in its history: https://app.sipgate.com`;
}

export const announce = control({
  name: "announce",
  summary: "Play a sound to everyone in a call",
  positional: { name: "url", description: "http(s) URL of a WAV file: mono, 16-bit PCM, 8 kHz" },
  examples: [["sipgate-call announce https://www.example.com/closing.wav", "play a file"]],
  done: "Playing",
  act: (call, _, url) => call.announce(url),
});
