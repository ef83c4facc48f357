import { printable } from "../../call/text/printable.js";
import type { Command, Input } from "../command.js";
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

export const init: Command = {
  name: "init",
  group: "set up",
  summary: "Set up: asks for your token, phone and number, and writes them to .env",
  options: { env: { type: "string", placeholder: "FILE", description: "file to write (default: .env)" } },
  // A sign-in needs no .env, and an embedded sandbox is gone before the file could be used.
  lacks: ["profile", "sandbox"],
  examples: [
    ["sipgate-call init", "answer a few questions; choose with the arrow keys"],
    ["sipgate-call init --env work.env", "keep a second account in its own file"],
    [
      'printf "%s\\n" "$ID" "$TOKEN" e0 | sipgate-call init',
      "answers from a script: token id, token, phone and optionally caller ID, callee, test call (y, number); if the file exists, y comes first",
    ],
    [
      "sipgate-call init --base-url http://127.0.0.1:8888/v2",
      "try it with sipgate-sandbox, which prints a token",
    ],
  ],
  async run(input, output) {
    const name = input.text("env") ?? ".env";
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
  // The platform in the file is that of the previous account.
  const { platform: _, ...kept } = inFile;
  const given = readSettings(input, envFile(name, ""));
  const connection = { ...kept, ...given };
  const known = (setting: SettingName) => {
    const value = inFile[setting]?.value;
    const isUsable =
      value !== undefined && !PLACEHOLDER.test(value) && printable(value, value.length) === value;
    return isUsable ? value : undefined;
  };

  const { tokenId, token, client, user, platform } = await signIn(ask, connection, known("tokenId"), output);
  ask.say(`Signed in as ${printable(user.id)}${platform === undefined ? "" : `, on ${platform}`}.`);
  const caller = await choosePhone(client, platform, ask, known("caller"));
  const callerId = await chooseCallerId(client, ask, known("callerId"));
  const message = "Default number to call (empty: none)";
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
    accessToken: undefined, // It would take precedence over the token.
    caller,
    callerId,
    callee,
    // On neo the calling phone is billed, and no other device may be named.
    ...(platform === "neo" && known("deviceId") !== caller ? { deviceId: undefined } : {}),
    ...(given.baseUrl === undefined ? {} : { baseUrl: given.baseUrl.value }),
    // Saves a request on neo. Classic isn't written because accounts are being moved to neo.
    platform: input.text("platform") ?? (platform === "neo" ? "neo" : undefined),
  });
  output.line(`Wrote ${name}. Only you can read it.`);

  const made = { type: "settings", file: name, user: user.id, platform, caller, callerId } as const;
  const where = name === ".env" ? [] : [`--env=${name}`];
  if (testCallee === undefined) {
    const words = ["sipgate-call", ...(callee === undefined ? ['"+49 …"'] : []), ...where];
    output.notice("Check whether a call would work, and call somebody:");
    output.notice(`  ${["sipgate-call doctor", ...where].join(" ")}`);
    output.notice(`  ${words.join(" ")}`);
    output.object(made);
    return EXIT.ok;
  }
  const { exit, callId } = await placeTestCall(dial, testCallee, [...where, ...optionsFor(input)], output);
  output.object({ ...made, callId, sessionId: callId }); // The file is written, whatever becomes of the call.
  return exit;
}

/** @throws Left if the user says no */
async function mayChange(name: string, ask: Asking): Promise<void> {
  const message = `${printable(name)} exists. Change its settings? Other lines stay as they are`;
  if (!(await ask.confirm({ message }))) throw new Left();
}

async function testCallTo(ask: Asking): Promise<string | undefined> {
  if (!(await ask.confirm({ message: "Place a test call now?", optional: true }))) return undefined;
  return ask.text({ message: "Number to call", read: phoneNumber });
}

function optionsFor(input: Input): string[] {
  return ["base-url", "platform", "proxy"].flatMap((name) => {
    const value = input.text(name);
    return value === undefined ? [] : [`--${name}=${value}`];
  });
}
