import type { CompletedCommand, CompletedOption } from "./completion-table.js";

/** For Windows PowerShell 5 and PowerShell 7. Written by their documentation; it wasn't run. */
export function powershellScript(commands: readonly CompletedCommand[]): string {
  const [standard] = commands;
  const all = [
    ...new Map(commands.flatMap(({ options }) => options).map((option) => [option.name, option])).values(),
  ];
  return `# Completion of sipgate-call for PowerShell, written by "sipgate-call completion powershell".
Register-ArgumentCompleter -Native -CommandName sipgate-call -ScriptBlock {
  param($word, $line, $position)
  $typed = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -le $position } | ForEach-Object { "$_" })
  if ($word -ne '' -and $typed.Count -gt 1) { $typed = @($typed[0..($typed.Count - 2)]) }
  $commands = @{
${commands.map(({ name, summary }) => `    ${quoted(name)} = ${quoted(summary)}`).join("\n")}
  }
  $options = @{
${commands.map(({ name, options, words }) => `    ${quoted(name)} = @(${[...words, ...options.map((option) => option.name)].map(quoted).join(", ")})`).join("\n")}
  }
  $values = @{
${all
  .filter(({ value }) => value !== "none")
  .map(valueLine)
  .join("\n")}
  }
  $before = $typed[-1]
  if ($values.ContainsKey($before)) {
    $found = if ($values[$before] -eq 'phones') { @(sipgate-call completion phones 2>$null | ForEach-Object { ($_ -split "\\t")[0] }) } else { $values[$before] }
  } elseif ($typed.Count -gt 1 -and $options.ContainsKey($typed[1])) { $found = $options[$typed[1]] }
  elseif ($typed.Count -gt 1) { $found = $options[${quoted(standard?.name ?? "")}] }
  else { $found = @($commands.Keys | Sort-Object) + @('help') + $options[${quoted(standard?.name ?? "")}] }
  $found | Where-Object { $_ -like "$word*" } | ForEach-Object {
    $about = if ($commands.ContainsKey($_)) { $commands[$_] } else { $_ }
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $about)
  }
}
`;
}

function valueLine({ name, value }: CompletedOption): string {
  const words =
    typeof value === "object" ? `@(${value.map(quoted).join(", ")})` : value === "phone" ? "'phones'" : "@()";
  return `    ${quoted(name)} = ${words}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
