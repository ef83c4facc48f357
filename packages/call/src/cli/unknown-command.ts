import { closest } from "../call/text/closest.js";
import { type UsageError, usageError } from "./usage-error.js";

/** What other programs call it, and people. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  call: "dial",
  phone: "dial",
  ring: "dial",
  place: "dial",
  again: "redial",
  repeat: "redial",
  running: "calls",
  ls: "calls",
  ps: "calls",
  log: "history",
  calllog: "history",
  phones: "devices",
  end: "hangup",
  stop: "hangup",
  kill: "hangup",
  unhold: "resume",
  tones: "dtmf",
  forward: "transfer",
  credit: "balance",
  setup: "init",
  configure: "init",
  signin: "login",
  signout: "logout",
  accounts: "profiles",
  check: "doctor",
  preflight: "doctor",
  settings: "config",
  completions: "completion",
  version: "--version",
  v: "--version",
};

/** Whether a word is so near to a command that no contact is meant. */
export function looksMistyped(word: string, commands: readonly string[]): boolean {
  return meantBy(word, commands) !== undefined;
}

/** The error for a word that is no command, with the one that was probably meant. */
export function unknownCommand(word: string, commands: readonly string[]): UsageError {
  const suggestion = meantBy(word, commands);
  const remedy =
    suggestion === undefined ? "See `sipgate-call help`." : `Did you mean \`sipgate-call ${suggestion}\`?`;
  return usageError(word, "There is no such command.", remedy);
}

function meantBy(word: string, commands: readonly string[]): string | undefined {
  const typed = word.toLowerCase().replaceAll("-", "");
  if (Object.hasOwn(OTHER_NAMES, typed)) return OTHER_NAMES[typed];
  const near = closest(word, [...commands, "help", "version"]);
  return near === "version" ? "--version" : near;
}

/** The error for a command that follows options. */
export function misplacedCommand(name: string): UsageError {
  return usageError(
    name,
    "The command has to come first.",
    `Write \`sipgate-call ${name}\`, and the options after it.`,
  );
}
