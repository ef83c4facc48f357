/**
 * A text of the library for somebody at a terminal: the library names its methods, where the command line has a command
 * for the same.
 */
export function inCommandWords(text: string): string {
  return text
    .replace(/\bclient\.(calls|channels|devices|history|numbers)\(\)/g, "sipgate-call $1")
    .replace(/\bSign in again\./g, "Sign in again with sipgate-call login.");
}
