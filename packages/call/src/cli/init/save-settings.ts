import { InvalidSettingsError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { namesInFile, type SettingName } from "../settings/settings.js";
import type { Asking } from "./asking.js";
import { type Changes, changedEnv, NEW_FILE } from "./env-text.js";
import { wouldBeCommitted } from "./git-ignore.js";
import { readForChange, writePrivately } from "./write-env-file.js";

/**
 * Writes the settings into a file, and warns of what would keep them from being used or from being kept secret.
 *
 * @param text what the file holds; undefined where there is none
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
    ask.warn(`${variable} is set in your environment and is taken instead of what ${printable(name)} says.`);
  if (await wouldBeCommitted(name))
    ask.warn(`git doesn't ignore ${printable(name)}, which holds your token: add it to .gitignore.`);
}

/** The variables that hold something else than the file does now. */
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
      message: "The settings can't be put there so that they're read back as they are. Nothing was written.",
      remedy:
        "Look for quotes that aren't closed, or name another file with --env-file. A token with every kind of quote goes into SIPGATE_TOKEN instead.",
    },
  ]);
}

/** Nobody was asked whether that may be overwritten. */
function changedMeanwhile(name: string): InvalidSettingsError {
  return new InvalidSettingsError([
    {
      field: name,
      code: "changed",
      message: "Somebody else has written it meanwhile. It stays as it is.",
      remedy: "Run sipgate-call init again.",
    },
  ]);
}
