// npm sets this variable for the programs that it runs, in a clone or a project. There the command isn't on the path.
const COMMAND = process.env.npm_command === undefined ? "sipgate-call" : "npx sipgate-call";

/** The command's name, if an option, a number or a command follows it; or alone as an example of the help. */
const TYPED =
  /(?<![\w./]|npx )sipgate-call(?= (?:-|"|\+?\d|\[|COMMAND|announce|balance|calls|channels|devices|dial|doctor|dtmf|hangup|help|history|hold|init|login|logout|mute|numbers|profiles|record|resume|transfer|unmute|whoami))|(?<=^ {2})sipgate-call$/gm;

/**
 * A text for somebody at a terminal. The library names its methods; the command line has a command for the same. And a
 * command is named as this user can type it.
 */
export function inCommandWords(text: string): string {
  if (!/sipgate-call|client\.|Sign in/.test(text)) return text; // Spares most starts the pattern above.
  return text
    .replace(/\bclient\.(calls|channels|devices|history|numbers)\(\)/g, "sipgate-call $1")
    .replace(/\bSign in again\./g, "Sign in again with sipgate-call login.")
    .replace(TYPED, COMMAND);
}
