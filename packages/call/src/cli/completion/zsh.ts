import type { CompletedCommand, CompletedOption } from "./completion-table.js";

export function zshScript(commands: readonly CompletedCommand[]): string {
  const [standard] = commands;
  const named = commands.map(
    ({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`,
  );
  return `#compdef sipgate-call
# Completion of sipgate-call for zsh, written by "sipgate-call completion zsh".
_sipgate_call_phones() {
  local -a phones
  local id name
  while IFS=$'\\t' read -r id name; do phones+=("$id:$name"); done < <(sipgate-call completion phones 2>/dev/null)
  _describe -t phones phone phones
}
_sipgate_call() {
  local -a commands
  commands=(
${named.join("\n")}
    'help:Explain commands and options'
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe -t commands command commands
    return
  fi
  case $words[2] in
${commands.map(branch).join("\n")}
    *)${standard === undefined ? "" : argumentsOf(standard)} ;;
  esac
}
if [[ $funcstack[1] == _sipgate_call ]]; then _sipgate_call "$@"; else compdef _sipgate_call sipgate-call; fi
`;
}

function branch(command: CompletedCommand): string {
  return `    ${command.name}) shift words; (( CURRENT-- ))${argumentsOf(command).replace("_arguments", "; _arguments")} ;;`;
}

function argumentsOf({ options, words }: CompletedCommand): string {
  const specs = options.map(specOf);
  if (words.length > 0) specs.push(quoted(`1:word:(${words.join(" ")})`));
  return ` _arguments ${specs.join(" ")}`;
}

function specOf({ name, description, value }: CompletedOption): string {
  const about = `${name}[${description.replaceAll(/[[\]:\\]/g, "\\$&")}]`;
  if (value === "none") return quoted(about);
  const action =
    value === "file"
      ? "_files"
      : value === "phone"
        ? "_sipgate_call_phones"
        : typeof value === "object"
          ? `(${value.join(" ")})`
          : " ";
  return quoted(`${about}:value:${action}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
