import { printable } from "../../call/text/printable.js";
import type { Command } from "../command.js";
import { bashScript } from "../completion/bash.js";
import { completionTable } from "../completion/completion-table.js";
import { fishScript } from "../completion/fish.js";
import { powershellScript } from "../completion/powershell.js";
import { zshScript } from "../completion/zsh.js";
import { EXIT } from "../exit-codes.js";
import { knownPhones } from "../known-phones.js";
import type { Output } from "../terminal/output.js";
import { usageError } from "../usage-error.js";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript, powershell: powershellScript };
const SHELLS = Object.keys(SCRIPTS);

export const completion: Command = {
  name: "completion",
  group: "set up",
  summary: "Complete commands, options and phones in your shell; says how",
  positional: { name: "shell", description: "the shell to print a script for", values: SHELLS },
  // It asks nobody.
  lacks: ["platform", "base-url", "timeout", "profile", "env", "sandbox", "json"],
  examples: [
    ["sipgate-call completion", "how to set it up"],
    ["sipgate-call completion bash", "the script for bash"],
  ],
  async run(input, output, loadAll) {
    const [shell] = input.positionals;
    if (shell === undefined) for (const line of HOW.split("\n")) showHow(line, output);
    else if (shell === "phones") for (const line of phones()) output.verbatim(line);
    else {
      const script = Object.entries(SCRIPTS).find(([name]) => name === shell)?.[1];
      if (script === undefined) throw unknownShell(shell);
      output.verbatim(script(completionTable(await loadAll())).trimEnd());
    }
    return EXIT.ok;
  },
};

const HOW = `Add this line to the file that your shell reads at its start. From the next shell on, TAB completes commands, options and the phones that \`sipgate-call devices\` listed last.

bash, in ~/.bashrc:
  eval "$(sipgate-call completion bash)"

zsh, in ~/.zshrc, after compinit:
  eval "$(sipgate-call completion zsh)"

fish, in ~/.config/fish/config.fish:
  sipgate-call completion fish | source

PowerShell, in the file $PROFILE:
  sipgate-call completion powershell | Out-String | Invoke-Expression

It needs sipgate-call on the path: \`npx sipgate-call\` isn't completed.`;

/** Completion takes the command's own name, even if people type another. */
function showHow(line: string, output: Output): void {
  if (line.startsWith("  ")) output.row(line);
  else output.line(line);
}

const DAY_MS = 24 * 3_600_000;

/** For the scripts: extension, tab, name. Old ones say how old they are. */
function phones(): string[] {
  const known = knownPhones();
  if (known === undefined) return [];
  const days = Math.floor(Math.abs(Date.now() - known.listedAt) / DAY_MS);
  const age = days === 0 ? "" : days === 1 ? " (as of yesterday)" : ` (as of ${days} days ago)`;
  return known.phones.map(({ id, alias }) => `${printable(id)}\t${printable(alias)}${age}`);
}

function unknownShell(shell: string) {
  const message = `There is no script for "${printable(shell)}".`;
  return usageError("shell", message, `Name one of ${SHELLS.join(", ")}.`);
}
