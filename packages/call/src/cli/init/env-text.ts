// Changes settings in the text of a .env and leaves every other line unchanged.
import { parseEnv } from "node:util";
import { envFile, namesInFile, PLACEHOLDER, type SettingName, settingsIn } from "../settings/settings.js";

/** The new value of each setting; undefined removes it. */
export type Changes = Partial<Record<SettingName, string | undefined>>;

/** A new file. A commented line is where its setting goes. */
export const NEW_FILE = `# Settings of sipgate-call, written by \`sipgate-call init\`. Keep them secret: with the token anybody can call at your expense.

# Your personal access token (https://app.sipgate.com/personal-access-token)
# TOKEN_ID = ''
# TOKEN = ''

# What rings first: the extension of your phone. \`sipgate-call devices\` lists them
# CALLER = ''

# Default number to call
# CALLEE = ''

# Optional: caller ID, the number that the callee sees. \`sipgate-call numbers\` lists yours
# CALLER_ID = ''

# Optional: auto, classic or neo. Default: auto, which detects it
# SIPGATE_PLATFORM = 'auto'

# Optional: URL of sipgate's API. Default: https://api.sipgate.com/v2
# BASE_URL = ''
`;

/** The changed text; undefined if that would do harm, as in a file with an unclosed quote. */
export function changedEnv(text: string, changes: Changes): string | undefined {
  let result: string | undefined = text.replace(/^\uFEFF/, "");
  for (const [name, value] of Object.entries(changes) as [SettingName, string | undefined][]) {
    if (result === undefined) return undefined;
    result = value === undefined ? without(result, name) : withValue(result, name, value);
  }
  return result !== undefined && isAsMeant(text, result, changes) ? result : undefined;
}

interface Assignment {
  readonly name: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

// A value without quotes ends at a comment or the end of the line.
const ASSIGNMENT = /^([ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*)(?:"[^"]*"|'[^']*'|`[^`]*`|[^\r\n#]*)/gm;

function assignmentsIn(text: string): Assignment[] {
  return [...text.matchAll(ASSIGNMENT)].map(({ index, 0: whole, 1: before = "", 2: name = "" }) => ({
    name,
    start: index,
    valueStart: index + before.length,
    end: index + Math.max(before.length, whole.trimEnd().length),
  }));
}

function withValue(text: string, setting: SettingName, value: string): string | undefined {
  const quoted = quote(value);
  if (quoted === undefined) return undefined;
  const names = namesInFile(setting);
  const { values } = envFile("", text);
  const winner = names.find((name) => values[name]?.trim());
  // If a name is there twice, the last one counts.
  const place = assignmentsIn(text).findLast(({ name }) =>
    winner === undefined ? names.includes(name) : name === winner,
  );
  if (place !== undefined) return text.slice(0, place.valueStart) + quoted + text.slice(place.end);
  const line = `${names[1] ?? names[0]} = ${quoted}`;
  const commented = [...text.matchAll(/^#[ \t]?([\w.-]+)[ \t]*=[ \t]*'([^'\r\n]*)'(?=[ \t]*\r?$)/gm)].find(
    ([, name = "", old = ""]) =>
      names.includes(name) && (old === "" || old === "auto" || PLACEHOLDER.test(old)),
  );
  if (commented !== undefined)
    return text.slice(0, commented.index) + line + text.slice(commented.index + commented[0].length);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return `${text}${text === "" || text.endsWith("\n") ? "" : newline}${line}${newline}`;
}

/** Comments a setting out, under any of its names. */
function without(text: string, setting: SettingName): string {
  const names = namesInFile(setting);
  let result = text;
  for (const { name, start, end } of assignmentsIn(text).reverse()) {
    if (!names.includes(name)) continue;
    const lines = result.slice(start, end).replaceAll("\n", "\n# ");
    result = `${result.slice(0, start)}# ${lines}${result.slice(end)}`;
  }
  return result;
}

/** A value in quotes with which the parser reads it back unchanged; undefined if there are none. */
function quote(value: string): string | undefined {
  const ways = [`'${value}'`, `"${value}"`, `\`${value}\``, value];
  return ways.find((way) => parseEnv(`A = ${way}\nB = 'b'\n`).A === value);
}

function isAsMeant(before: string, after: string, changes: Changes): boolean {
  const old = envFile("", before);
  const now = envFile("", after);
  const settings = settingsIn(now);
  const names = Object.keys(changes) as SettingName[];
  const ours = names.flatMap(namesInFile);
  const others = (values: typeof old.values) =>
    JSON.stringify(Object.entries(values).filter(([name]) => !ours.includes(name)));
  return (
    names.every((name) => settings[name]?.value === changes[name]) &&
    others(old.values) === others(now.values)
  );
}
