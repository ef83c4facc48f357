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
      ["help COMMAND", "Show the options of a command, with examples"],
    ]),
    "",
    "Settings come from options, then from SIPGATE_… variables, then from the file .env:",
    ...twoColumns([
      [
        "SIPGATE_TOKEN_ID, SIPGATE_TOKEN",
        "personal access token (https://app.sipgate.com/personal-access-token)",
      ],
      ["SIPGATE_ACCESS_TOKEN", "OAuth access token, instead of a personal access token"],
      ["SIPGATE_PROFILE", "sign-in to use instead of a token; see login and profiles"],
      [
        "SIPGATE_CLIENT_ID, SIPGATE_CLIENT_SECRET",
        "your OAuth client, for login (https://console.sipgate.com)",
      ],
      ["SIPGATE_REALM, SIPGATE_LOGIN_URL, SIPGATE_REDIRECT_PORT", "more settings for login"],
      ["SIPGATE_CALLER", "extension or number that rings first, such as e0"],
      ["SIPGATE_CALLEE", "number to call if none is given"],
      ["SIPGATE_CALLER_ID", "caller ID: the number that the callee sees"],
      ["SIPGATE_DEVICE_ID", "extension that is billed"],
      ["SIPGATE_COUNTRY", "country of numbers without a country code (default: DE)"],
      ["SIPGATE_PLATFORM, SIPGATE_BASE_URL, SIPGATE_TIMEOUT", "same as the options"],
    ]),
    "",
    "Examples:",
    "  sipgate-call",
    "      without settings, on a terminal: place a call in the embedded sandbox; no real phone rings",
    "  sipgate-call init",
    "      set up: asks for your token and phone, and writes .env",
    "  sipgate-call login",
    "      or sign in with your browser",
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
