import type { CompletedCommand, CompletedOption } from "./completion-table.js";

/** A script for bash 3.2 or newer; it needs no package. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const [standard] = commands;
  const all = [
    ...new Map(commands.flatMap(({ options }) => options).map((option) => [option.name, option])).values(),
  ];
  const named = (value: CompletedOption["value"]) =>
    all.filter((option) => option.value === value).map(({ name }) => name);
  const listed = all.flatMap(({ name, value }) =>
    typeof value === "object" ? [`    ${name}) list="${value.join(" ")}" ;;`] : [],
  );
  const optionsOf = ({ options }: CompletedCommand) => options.map(({ name }) => name).join(" ");
  return `# Completion of sipgate-call for bash, written by "sipgate-call completion bash".
_sipgate_call() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" list=""
  # bash splits --caller=e0 at the equals sign.
  if [ "$word" = "=" ]; then word=""; elif [ "$before" = "=" ]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  COMPREPLY=()
  case "$before" in
    ${named("phone").join("|")}) list="$("\${COMP_WORDS[0]}" completion phones 2>/dev/null | cut -f 1)" ;;
    ${named("file").join("|")})
      local IFS=$'\\n'
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$word"))
      return ;;
${listed.join("\n")}
    ${named("text").join("|")}) return ;;
    *)
      case "\${COMP_WORDS[1]}" in
${commands.map((command) => `        ${command.name}) list="${[...command.words, optionsOf(command)].join(" ")}" ;;`).join("\n")}
        *) list="${standard === undefined ? "" : optionsOf(standard)}" ;;
      esac
      [ "$COMP_CWORD" = 1 ] && list="${commands.map(({ name }) => name).join(" ")} help $list" ;;
  esac
  COMPREPLY=($(compgen -W "$list" -- "$word"))
}
complete -F _sipgate_call sipgate-call
`;
}
