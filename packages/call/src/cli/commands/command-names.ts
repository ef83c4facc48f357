// What the commands are called, in the order in which the help lists them. A new command gets its name here, and its row
// in call-and-look.ts or set-up.ts.

export const CALL_AND_LOOK = [
  "redial",
  "calls",
  "hangup",
  "mute",
  "unmute",
  "hold",
  "resume",
  "dtmf",
  "transfer",
  "record",
  "announce",
  "list",
  "devices",
  "numbers",
  "channels",
  "balance",
  "history",
  "contacts",
] as const;

/** And whoami, which tells of a sign-in. */
export const SET_UP = [
  "whoami",
  "init",
  "login",
  "logout",
  "profiles",
  "config",
  "completion",
  "doctor",
] as const;

/** The first is the default command. */
export const COMMAND_NAMES = ["dial", ...CALL_AND_LOOK, ...SET_UP] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];
