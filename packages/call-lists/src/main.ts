// The command. What it does is loaded when it's needed.
import { runListsCommand } from "./run-lists-command.js";

void runListsCommand(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
