import { InvalidSettingsError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { namesInFile, type SettingName } from "../settings/settings.js";
import type { Asking } from "./asking.js";
import { type Changes, changedEnv, NEW_FILE } from "./env-text.js";
import { wouldBeCommitted } from "./git-ignore.js";
import { readForChange, writePrivately } from "./write-env-file.js";

/**
 * Writes the settings into a file, and warns if they won't be used or won't stay secret.
 *
 * @param text the file's content; undefined if it doesn't exist
 */
export async function saveSettings(
  name: string,
  text: string | undefined,
  ask: Asking,
  changes: Changes,
): Promise<void> {
  const changed = changedEnv(text ?? NEW_FILE, changes);
  if (changed === undefined) throw unchangeable(name);
  if (readForChange(name) !== text) throw changedMeanwhile(name);
  writePrivately(name, changed);
  for (const variable of inTheWay(changes))
    ask.warn(`${variable} is set in your environment and takes precedence over ${printable(name)}.`);
  if (await wouldBeCommitted(name))
    ask.warn(`git doesn't ignore ${printable(name)}, which holds your token: add it to .gitignore.`);
}

/** The variables whose value differs from the file's. */
function inTheWay(changes: Changes): string[] {
  return Object.entries(changes).flatMap(([setting, value]) => {
    const [variable = ""] = namesInFile(setting as SettingName);
    const inEnvironment = process.env[variable]?.trim();
    return inEnvironment && inEnvironment !== value ? [variable] : [];
  });
}

function unchangeable(name: string): InvalidSettingsError {
  return new InvalidSettingsError([
    {
      field: name,
      code: "unchangeable",
      message: "The settings can't be written there without being changed. Nothing was written.",
      remedy:
        "Look for unclosed quotes, or name another file: --env FILE. Put a token with every kind of quote into SIPGATE_TOKEN instead.",
    },
  ]);
}

/** The user hasn't agreed to overwrite that. */
function changedMeanwhile(name: string): InvalidSettingsError {
  return new InvalidSettingsError([
    {
      field: name,
      code: "changed",
      message: "Another program changed it meanwhile. It was left unchanged.",
      remedy: "Run `sipgate-call init` again.",
    },
  ]);
}
