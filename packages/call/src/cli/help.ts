import { type Command, optionsOf } from "./command.js";

/** The help of one command. */
export function commandHelp(command: Command): string {
  const positional = command.positional === undefined ? "" : ` [${command.positional.name}]`;
  const options = Object.entries(optionsOf(command)).map(
    ([name, { placeholder, description }]): [string, string] => [
      `--${name}${placeholder === undefined ? "" : ` ${placeholder}`}`,
      description,
    ],
  );
  const argument: [string, string][] =
    command.positional === undefined ? [] : [[command.positional.name, command.positional.description]];
  return [
    command.summary,
    "",
    `Usage: sipgate-call ${command.name}${positional} [options]`,
    "",
    ...twoColumns([...argument, ...options]),
    "",
    "Examples:",
    ...command.examples.flatMap(([line, meaning]) => [`  ${line}`, `      ${meaning}`]),
    "",
  ].join("\n");
}

/** The help that lists the commands. */
export function overview(commands: readonly Command[]): string {
  return [
    "sipgate-call places a phone call with sipgate: your own phone rings, and once you answer, the callee is called.",
    "",
    "Usage: sipgate-call [callee] [options]",
    "       sipgate-call COMMAND [options]",
    "",
    "Commands:",
    ...twoColumns([
      ...commands.map(({ name, summary }): [string, string] => [name, summary]),
      ["help COMMAND", "Show what a command takes, with examples"],
    ]),
    "",
    "Settings are taken from options, then from SIPGATE_… variables, then from the file .env:",
    ...twoColumns([
      [
        "SIPGATE_TOKEN_ID, SIPGATE_TOKEN",
        "personal access token (https://app.sipgate.com/personal-access-token)",
      ],
      ["SIPGATE_ACCESS_TOKEN", "OAuth access token, instead"],
      ["SIPGATE_PROFILE", "a sign-in to use instead; see login and profiles"],
      ["SIPGATE_CLIENT_ID, SIPGATE_CLIENT_SECRET", "your client, for login (https://console.sipgate.com)"],
      ["SIPGATE_REALM, SIPGATE_LOGIN_URL, SIPGATE_REDIRECT_PORT", "further settings of login"],
      ["SIPGATE_CALLER", "what rings first, such as e0"],
      ["SIPGATE_CALLEE", "whom to call, where none is given"],
      ["SIPGATE_CALLER_ID", "number to show"],
      ["SIPGATE_DEVICE_ID", "extension that is billed"],
      ["SIPGATE_COUNTRY", "where numbers without country code are dialled (default: DE)"],
      ["SIPGATE_PLATFORM, SIPGATE_BASE_URL, SIPGATE_TIMEOUT", "as the options"],
    ]),
    "",
    "Examples:",
    "  sipgate-call",
    "      without settings: place a call in the embedded sandbox, where no real phone rings",
    "  sipgate-call init",
    "      set up: asks for your token and phone, and writes .env",
    "  sipgate-call login",
    "      or sign in in your browser",
    "  sipgate-call devices",
    "      list your phones and their extensions",
    '  sipgate-call "+49 30 23125 000" --caller e0',
    "      ring your phone e0 and then the callee",
    "",
  ].join("\n");
}

function twoColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
