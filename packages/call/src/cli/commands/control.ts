// Commands that do something to a running call. Without --call, it's the only one that is running.
import type { CallControls } from "../../call/control/call-control.js";
import { chooseCall } from "../choose-call.js";
import { COMMON_OPTIONS, type Command, type Input, type OptionSpec } from "../command.js";
import { connect } from "../connect/connect.js";
import { EXIT } from "../exit-codes.js";
import { readSettings, withoutCall } from "../settings/settings.js";
import { UsageError, usageProblem } from "../usage-error.js";

const CALL: OptionSpec = {
  type: "string",
  placeholder: "ID",
  description: "the call, by its id (default: the only one that is running)",
};

interface Control extends Pick<Command, "name" | "summary" | "examples" | "positional"> {
  readonly options?: Command["options"];
  /** What is said once it's done. */
  readonly done: string;
  act(controls: CallControls, input: Input, argument: string): Promise<void>;
}

function control({ done, act, options = {}, ...rest }: Control): Command {
  return {
    ...rest,
    options: { call: CALL, ...options, ...COMMON_OPTIONS },
    async run(input, output) {
      const argument = input.positionals[0] ?? "";
      if (rest.positional !== undefined && argument === "") throw missing(rest.name, rest.positional.name);
      const connection = await connect(withoutCall(readSettings(input)), input, output);
      try {
        const callId = await chooseCall(connection.client, input.text("call"));
        await act(connection.client.call(callId), input, argument);
        output.object({ callId, done: rest.name });
        output.line(done);
        return EXIT.ok;
      } finally {
        await connection.close();
      }
    },
  };
}

function missing(command: string, argument: string): UsageError {
  const remedy = `See sipgate-call ${command} --help.`;
  return new UsageError([usageProblem(argument, `${argument} is missing.`, remedy)]);
}

export const hangup = control({
  name: "hangup",
  summary: "End a call for everyone",
  examples: [
    ["sipgate-call hangup", "end the only running call; with several, asks which"],
    ["sipgate-call hangup --call CALL_ID", "end that call"],
  ],
  done: "Hung up.",
  act: (call) => call.hangUp(),
});

export const mute = control({
  name: "mute",
  summary: "Mute yourself",
  examples: [["sipgate-call mute", "the other party no longer hears you"]],
  done: "Muted.",
  act: (call) => call.mute(true),
});

export const unmute = control({
  name: "unmute",
  summary: "Be heard again",
  examples: [["sipgate-call unmute", "the other party hears you again"]],
  done: "No longer muted.",
  act: (call) => call.mute(false),
});

export const hold = control({
  name: "hold",
  summary: "Put the other party on hold",
  examples: [["sipgate-call hold", "the other party waits"]],
  done: "On hold.",
  act: (call) => call.hold(true),
});

export const resume = control({
  name: "resume",
  summary: "Go on with a call that is on hold",
  examples: [["sipgate-call resume", "talk again"]],
  done: "Resumed.",
  act: (call) => call.hold(false),
});

export const dtmf = control({
  name: "dtmf",
  summary: "Send tones, as the keys of a telephone do",
  positional: { name: "tones", description: "0 to 9, A to D, * and #" },
  examples: [['sipgate-call dtmf "123#"', "type 123# into a voice menu"]],
  done: "Tones sent.",
  act: (call, _, tones) => call.sendDtmf(tones),
});

export const transfer = control({
  name: "transfer",
  summary: "Connect the other party with another number",
  positional: { name: "number", description: "the number to connect to" },
  options: {
    attended: { type: "boolean", description: "talk to the target first (default: connect at once)" },
    "caller-id": { type: "string", placeholder: "NUMBER", description: "number that the target is shown" },
  },
  examples: [
    ['sipgate-call transfer "+49 40 66969 000"', "connect at once"],
    ["sipgate-call transfer 040/66969000 --attended", "talk to the target first"],
  ],
  done: "Transferred.",
  act: (call, input, to) =>
    call.transfer({ to, attended: input.flag("attended"), callerId: input.text("caller-id") }),
});

export const record = control({
  name: "record",
  summary: "Record a call, with an announcement to everyone",
  options: {
    stop: { type: "boolean", description: "stop recording" },
    silent: {
      type: "boolean",
      description: "without announcement: only with everyone's consent; neo refuses it",
    },
  },
  examples: [
    ["sipgate-call record", "announce it and record"],
    ["sipgate-call record --stop", "stop"],
  ],
  done: "Done.",
  act: (call, input) => call.record({ on: !input.flag("stop"), announced: !input.flag("silent") }),
});

export const announce = control({
  name: "announce",
  summary: "Play a sound to everyone",
  positional: { name: "url", description: "http(s) URL of a WAV file: mono, 16 bit PCM, 8 kHz" },
  examples: [["sipgate-call announce https://www.example.com/closing.wav", "play a file"]],
  done: "Playing.",
  act: (call, _, url) => call.announce(url),
});
