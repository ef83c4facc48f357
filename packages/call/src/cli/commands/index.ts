// Every command, by its name. dial has to start quickly, so what the others need isn't loaded with it.
import type { Command } from "../command.js";
import { COMMAND_NAMES, type CommandName, SET_UP } from "./command-names.js";
import { dial } from "./dial.js";

export async function commandOf(name: CommandName): Promise<Command> {
  if (name === "dial") return dial;
  if (isSetUp(name)) return (await import("./set-up.js")).setUp[name];
  return (await import("./call-and-look.js")).callAndLook[name];
}

/** In the order of `COMMAND_NAMES`. */
export const allCommands = () => Promise.all(COMMAND_NAMES.map(commandOf));

function isSetUp(name: CommandName): name is (typeof SET_UP)[number] {
  return SET_UP.some((known) => known === name);
}
