// Where settings come from: an option, else the environment, else the file .env.
import { InvalidSettingsError, type Problem } from "../../call/errors.js";
import type { Input } from "../command.js";
import { type EnvFile, envFileFrom, readEnvFile } from "./env-file.js";

/** A setting, and for messages where it was found: `--caller`, `SIPGATE_CALLER`, `CALLER in .env`. */
export interface Setting {
  readonly value: string;
  readonly from: string;
  readonly source: "option" | "environment" | "file";
  /** The file that it's from, if other users of the machine may read it. */
  readonly exposedIn?: string;
}

interface Source {
  /** Secrets have none, because other users of the machine can see options. */
  readonly option?: string;
  readonly variable: string;
  /** Whether it never comes from a file, which a stranger may have written. */
  readonly notInFile?: true;
  /** Further names in the file: those of sipgate's own example and of its older version. */
  readonly inFile: readonly string[];
  /** If it's written in small or capital letters only, and the user may write it in either. */
  readonly letters?: "small" | "capital";
}

const SOURCES = {
  tokenId: { variable: "SIPGATE_TOKEN_ID", inFile: ["TOKEN_ID", "tokenId"] },
  token: { variable: "SIPGATE_TOKEN", inFile: ["TOKEN", "token"] },
  accessToken: { variable: "SIPGATE_ACCESS_TOKEN", inFile: [] },
  profile: { option: "profile", variable: "SIPGATE_PROFILE", inFile: [] },
  clientId: { variable: "SIPGATE_CLIENT_ID", inFile: [] },
  clientSecret: { variable: "SIPGATE_CLIENT_SECRET", inFile: [] },
  realm: { variable: "SIPGATE_REALM", inFile: [] },
  loginUrl: { variable: "SIPGATE_LOGIN_URL", inFile: [] },
  redirectPort: { variable: "SIPGATE_REDIRECT_PORT", inFile: [] },
  baseUrl: { option: "base-url", variable: "SIPGATE_BASE_URL", inFile: ["BASE_URL", "baseURL"] },
  proxy: { option: "proxy", variable: "HTTPS_PROXY", inFile: [], notInFile: true },
  platform: { option: "platform", variable: "SIPGATE_PLATFORM", inFile: [], letters: "small" },
  timeout: { option: "timeout", variable: "SIPGATE_TIMEOUT", inFile: [] },
  country: { option: "country", variable: "SIPGATE_COUNTRY", inFile: [], letters: "capital" },
  contacts: { option: "contacts", variable: "SIPGATE_CONTACTS", inFile: [] },
  caller: { option: "caller", variable: "SIPGATE_CALLER", inFile: ["CALLER", "caller"] },
  callee: { variable: "SIPGATE_CALLEE", inFile: ["CALLEE", "callee"] },
  callerId: { option: "caller-id", variable: "SIPGATE_CALLER_ID", inFile: ["CALLER_ID", "callerId"] },
  deviceId: { option: "device", variable: "SIPGATE_DEVICE_ID", inFile: ["DEVICE_ID", "deviceId"] },
} as const satisfies Record<string, Source>;

export type SettingName = keyof typeof SOURCES;
export type Settings = Partial<Record<SettingName, Setting>>;

const NAMES_IN_FILE = Object.values<Source>(SOURCES).flatMap(({ variable, inFile, notInFile }) =>
  notInFile ? [] : [variable, ...inFile],
);

/** What the example's `.env` holds until somebody fills it in. */
export const PLACEHOLDER = /^(?:YOUR_[A-Z_]+|DIALING_DEVICE|DISPLAYED_CALLER_NUMBER)$/;

/**
 * @throws InvalidSettingsError naming a file that can't be read, `.env` only if credentials may be in it; or a variable whose
 * name is written in other letters
 */
export function readSettings(input: Input, file = readEnvFile(input.text("env"), NAMES_IN_FILE)): Settings {
  const problems = misnamedVariables();
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  const settings = settingsBy((source) => find(source, input, file));
  if (file.unreadable !== undefined && !namesCredentials(settings))
    throw new InvalidSettingsError([file.unreadable]);
  return settings;
}

/** `sipgate_token`: on most systems that's another variable. */
function misnamedVariables(): Problem[] {
  const ours = Object.values<Source>(SOURCES).map(({ variable }) => variable);
  if (process.platform === "win32") return [];
  return Object.keys(process.env).flatMap((field) => {
    const meant = /^sipgate_/i.test(field) ? field.toUpperCase() : field;
    if (meant === field || !ours.includes(meant)) return [];
    const message = "Names of variables are in capital letters.";
    return [{ field, code: "misnamed", message, remedy: `Call it ${meant}.` }];
  });
}

function namesCredentials({ accessToken, tokenId, token, profile }: Settings): boolean {
  return accessToken !== undefined || profile !== undefined || (tokenId !== undefined && token !== undefined);
}

/** The settings in a file, regardless of options and environment. */
export function settingsIn(file: EnvFile): Settings {
  return settingsBy((source) => findInFile(source, file));
}

/** The names that a setting may have in a file; the first one with a value counts. */
export function namesInFile(name: SettingName): readonly string[] {
  return [SOURCES[name].variable, ...SOURCES[name].inFile];
}

function settingsBy(find: (source: Source) => Setting | undefined): Settings {
  const settings: Settings = {};
  for (const name of Object.keys(SOURCES) as SettingName[]) {
    const source: Source = SOURCES[name];
    const setting = find(source);
    if (setting !== undefined) settings[name] = { ...setting, value: inItsLetters(setting.value, source) };
  }
  return settings;
}

function inItsLetters(value: string, { letters }: Source): string {
  if (letters === undefined) return value;
  return letters === "small" ? value.toLowerCase() : value.toUpperCase();
}

/** Whether it must not be shown. */
export function isSecret(name: SettingName): boolean {
  return ["token", "accessToken", "clientSecret", "proxy"].includes(name); // A proxy may have a password in it.
}

/** Whether it was given as an option of this run. */
export function isTyped({ source }: Setting): boolean {
  return source === "option";
}

/** The settings without those of a call, which don't matter to a command that places none. */
export function withoutCall({ caller, callee, callerId, deviceId, ...connection }: Settings): Settings {
  return connection;
}

/** A problem for each setting whose value can't be meant: the example's placeholder, or what something else should have read. */
export function placeholderProblems(settings: Settings): Problem[] {
  return Object.values(settings).flatMap((setting) => {
    const wrong = wrongValue(setting);
    return wrong === undefined ? [] : [{ field: setting.from, ...wrong }];
  });
}

function wrongValue({ value, source }: Setting): Omit<Problem, "field"> | undefined {
  if (PLACEHOLDER.test(value)) {
    const remedy = "Put your own value there, or delete the line if it's optional.";
    return { code: "placeholder", message: `It still holds the placeholder ${value}.`, remedy };
  }
  if (/^(?:\$\{\w+\}|\$[A-Z_]+|%\w+%)$/.test(value)) {
    const message = `It's the name of a variable, ${value}: nothing puts that one's value there.`;
    return { code: "not-replaced", message, remedy: "Put the value itself there." };
  }
  if (/^["'\u2018-\u201e\u00ab\u00bb].*["'\u2018-\u201e\u00ab\u00bb]$/.test(value)) {
    const by = source === "environment" ? ", as `docker run --env-file` leaves them" : "";
    const message = `It stands in quotation marks${by}.`;
    return { code: "quoted", message, remedy: "Remove the quotation marks." };
  }
  if (/^<.*>$/.test(value)) {
    const message = "It stands in angle brackets, as examples have them.";
    return { code: "placeholder", message, remedy: "Put your own value there, without the brackets." };
  }
  return undefined;
}

/** What a field is called if it wasn't set. */
const NAMES: Readonly<Record<string, string>> = {
  caller: "caller (--caller, or CALLER in .env)",
  callee: "callee (an argument, or CALLEE in .env)",
  deviceId: "device (--device, or DEVICE_ID in .env)",
  idempotencyKey: "--key",
};

/** Problems with each field called as the user gave it, such as `CALLER in .env`. */
export function named(problems: readonly Problem[], settings: Settings): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    field: settings[settingOf(problem.field)]?.from ?? NAMES[problem.field] ?? problem.field,
  }));
}

/** The setting that a field of the library comes from. */
function settingOf(field: string): SettingName {
  const names: Readonly<Record<string, SettingName>> = { defaultCountry: "country", timeoutMs: "timeout" };
  return names[field] ?? (field as SettingName);
}

function find(source: Source, input: Input, file: EnvFile): Setting | undefined {
  const option = source.option === undefined ? undefined : input.text(source.option);
  if (option !== undefined) return { value: option, from: `--${source.option}`, source: "option" };
  for (const name of variablesOf(source)) {
    const variable = process.env[name];
    if (variable) return { value: variable.trim(), from: name, source: "environment" };
  }
  return findInFile(source, file);
}

/** Variables that other programs use too are also written in small letters; as with curl, these come first. */
function variablesOf({ variable, notInFile }: Source): string[] {
  return notInFile ? [variable.toLowerCase(), variable] : [variable];
}

function findInFile(source: Source, file: EnvFile): Setting | undefined {
  if (source.notInFile) return undefined;
  const name = [source.variable, ...source.inFile].find((candidate) => file.values[candidate]?.trim());
  const value = name === undefined ? undefined : file.values[name];
  if (value === undefined) return undefined;
  const exposed = file.isExposed ? { exposedIn: file.name } : {};
  return { value: value.trim(), from: `${name} in ${file.name}`, source: "file", ...exposed };
}

/** Reads a text as a file of settings. */
export function envFile(name: string, text: string): EnvFile {
  return envFileFrom(name, text, NAMES_IN_FILE);
}
