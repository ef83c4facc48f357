// npm sets this variable for the programs that it runs, in a clone or a project. There the command isn't on the path.
const PREFIX = process.env.npm_command === undefined ? "" : "npx ";

/** A command's name where a command stands: in backticks, or after a label or blanks. */
const TYPED = /(`| {2}|: |· |\| )(sipgate-(?:call|sandbox))(?=[ `]|$)/gm;

/**
 * A text for somebody at a terminal. The library names its methods; the command line has a command for the same. And a
 * command is named as this user can type it.
 */
export function inCommandWords(text: string): string {
  if (!/sipgate-|client\.|Sign in/.test(text)) return text; // Spares most starts the pattern above.
  return text
    .replace(/\bclient\.(calls|channels|devices|history|numbers)\(\)/g, "`sipgate-call $1`")
    .replace(/\bSign in again\./g, "Sign in again with `sipgate-call login`.")
    .replace(TYPED, `$1${PREFIX}$2`);
}
