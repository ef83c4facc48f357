import { printable } from "../../call/text/printable.js";
import { COMMON_OPTIONS, type Command, type Input } from "../command.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { type Asking, Left } from "../init/asking.js";
import { chooseCallerId, optionalNumber, phoneNumber } from "../init/choose-number.js";
import { choosePhone } from "../init/choose-phone.js";
import { createAsking } from "../init/create-asking.js";
import { saveSettings } from "../init/save-settings.js";
import { signIn } from "../init/sign-in.js";
import { placeTestCall } from "../init/test-call.js";
import { readForChange } from "../init/write-env-file.js";
import { envFile, PLACEHOLDER, readSettings, type SettingName, settingsIn } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { dial } from "./dial.js";

const { sandbox, profile, ...options } = COMMON_OPTIONS;

export const init: Command = {
  name: "init",
  summary: "Set up: asks for your token, phone and number, and writes them to .env",
  options: {
    ...options,
    "env-file": { ...options["env-file"], description: "file to write (default: .env)" },
  },
  examples: [
    ["sipgate-call init", "answer a few questions; arrow keys choose"],
    ["sipgate-call init --env-file work.env", "keep a second account in a file of its own"],
    [
      'printf "%s\\n" "$ID" "$TOKEN" e0 | sipgate-call init',
      "answers from a script: token id, token, phone and, if wished, number to show, callee, test call (y, number); before them y, where the file exists",
    ],
    [
      "sipgate-call init --base-url http://127.0.0.1:8888/v2",
      "try it with npx sipgate-sandbox, which shows a token",
    ],
  ],
  async run(input, output) {
    const name = input.text("env-file") ?? ".env";
    const text = readForChange(name);
    const ask = await createAsking(output);
    try {
      return await setUp(name, text, ask, input, output);
    } catch (error) {
      if (!(error instanceof Left)) throw error;
      output.notice("Nothing was written.");
      return EXIT.left;
    } finally {
      ask.close();
    }
  },
};

async function setUp(
  name: string,
  text: string | undefined,
  ask: Asking,
  input: Input,
  output: Output,
): Promise<ExitCode> {
  if (text !== undefined) await mayChange(name, ask);
  const inFile = settingsIn(envFile(name, text ?? ""));
  // The platform in the file is that of an account used until now.
  const { platform: _, ...kept } = inFile;
  const connection = { ...kept, ...readSettings(input, envFile(name, "")) };
  const known = (setting: SettingName) => {
    const value = inFile[setting]?.value;
    const isUsable =
      value !== undefined && !PLACEHOLDER.test(value) && printable(value, value.length) === value;
    return isUsable ? value : undefined;
  };

  const { tokenId, token, client, user, platform } = await signIn(ask, connection, known("tokenId"), output);
  ask.say(`Signed in as ${printable(user.id)}, on the platform ${platform ?? "that sipgate doesn't tell"}.`);
  const caller = await choosePhone(client, platform, ask, known("caller"));
  const callerId = await chooseCallerId(client, ask, known("callerId"));
  const message = "Whom to call where you name nobody (empty: nobody)";
  const callee = await ask.text({
    message,
    initial: known("callee"),
    optional: true,
    read: optionalNumber,
  });
  const testCallee = await testCallTo(ask);

  await saveSettings(name, text, ask, {
    tokenId,
    token,
    accessToken: undefined, // It would be taken instead of the token.
    caller,
    callerId,
    callee,
    // On neo the phone that calls is billed, and no other may be named.
    ...(platform === "neo" && known("deviceId") !== caller ? { deviceId: undefined } : {}),
    ...(input.text("base-url") === undefined ? {} : { baseUrl: input.text("base-url") }),
    // Neo saves a request this way. Classic isn't written, since accounts are being moved to neo.
    platform: input.text("platform") ?? (platform === "neo" ? "neo" : undefined),
  });
  output.line(`Wrote ${name}, which you alone can read.`);

  const made = { file: name, user: user.id, platform, caller, callerId: callerId ?? null };
  const where = name === ".env" ? [] : [`--env-file=${name}`];
  if (testCallee === undefined) {
    const words = ["sipgate-call", ...(callee === undefined ? ['"+49 …"'] : []), ...where];
    output.notice(`Check it with: ${["sipgate-call doctor", ...where].join(" ")}`);
    output.notice(`Call with:     ${words.join(" ")}`);
    output.object(made);
    return EXIT.ok;
  }
  let callId: string | undefined;
  try {
    const call = await placeTestCall(dial, testCallee, [...where, ...optionsFor(input)], output);
    callId = call.callId;
    return call.exit;
  } finally {
    output.object({ ...made, callId, sessionId: callId }); // The file is written, whatever becomes of the call.
  }
}

/** @throws Left where it mayn't */
async function mayChange(name: string, ask: Asking): Promise<void> {
  const message = `${printable(name)} exists. Change its settings? Its other lines stay as they are`;
  if (!(await ask.confirm({ message }))) throw new Left();
}

async function testCallTo(ask: Asking): Promise<string | undefined> {
  if (!(await ask.confirm({ message: "Place a test call now?", optional: true }))) return undefined;
  return ask.text({ message: "Number to call", read: phoneNumber });
}

function optionsFor(input: Input): string[] {
  return ["base-url", "platform"].flatMap((name) => {
    const value = input.text(name);
    return value === undefined ? [] : [`--${name}=${value}`];
  });
}
