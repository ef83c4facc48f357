import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InvalidSettingsError } from "../../call/errors.js";
import { FolderRefused } from "../../files/own-folder.js";
import { profileFolder } from "../../files/profile-folder.js";
import { stateFolder } from "../../files/state-folder.js";
import { DEFAULT_BASE_URL } from "../../sipgate/hosts.js";
import type { Command } from "../command.js";
import { credentialsInWords } from "../connect/credentials-in-words.js";
import { EXIT } from "../exit-codes.js";
import type { JsonConfigSetting } from "../json/json-objects.js";
import { callFrom, callOptions } from "../settings/call-settings.js";
import { isSecret, type SettingName, type Settings } from "../settings/settings.js";
import { showBeside } from "../terminal/show-beside.js";
import { type Column, showTable } from "../terminal/table.js";

export const config: Command = {
  name: "config",
  group: "set up",
  summary: "Show the settings and where each comes from; asks nobody",
  options: callOptions,
  lacks: ["sandbox"],
  examples: [
    ["sipgate-call config", "see what a call from this folder would use"],
    ["sipgate-call config --env work.env", "see what another file sets"],
  ],
  async run(input, output) {
    const settings = callFrom(input);
    const file = resolve(input.text("env") ?? ".env");
    const fileExists = existsSync(file);
    const credentials = credentialsInWords(settings);
    const folders = {
      signIns: pathOr(profileFolder),
      state: pathOr(() => dirname(stateFolder("remembered"))),
    };
    const shown = settingsShown(settings);
    output.object({ type: "config", file, fileExists, credentials, ...folders, settings: shown });
    showTable(output, COLUMNS, shown);
    output.row("");
    showBeside("Credentials  ", credentials, output);
    showBeside("File         ", `${file}${fileExists ? "" : ", which doesn't exist"}`, output);
    showBeside("Sign-ins     ", folders.signIns, output);
    showBeside("Remembered   ", folders.state, output);
    return EXIT.ok;
  },
};

/** The path, or why no folder is used. */
function pathOr(folder: () => string): string {
  try {
    return folder();
  } catch (error) {
    if (error instanceof FolderRefused || error instanceof InvalidSettingsError)
      return `none: ${error.message}`;
    throw error;
  }
}

const COLUMNS: readonly Column<JsonConfigSetting>[] = [
  { heading: "SETTING", cell: ({ name }) => name },
  { heading: "VALUE", cell: ({ value }) => value ?? "(hidden)", givesWay: 1 },
  { heading: "FROM", cell: ({ from }) => from, givesWay: 2, second: true },
];

const WORDS: Readonly<Record<SettingName, string>> = {
  contacts: "contacts",
  tokenId: "token id",
  token: "token",
  accessToken: "access token",
  profile: "profile",
  clientId: "client id",
  clientSecret: "client secret",
  realm: "realm",
  loginUrl: "login URL",
  redirectPort: "redirect port",
  proxy: "proxy",
  baseUrl: "base URL",
  platform: "platform",
  timeout: "timeout",
  country: "country",
  caller: "caller",
  callee: "callee",
  callerId: "caller ID",
  deviceId: "device",
};
const DEFAULTS: Partial<Record<SettingName, string>> = {
  baseUrl: DEFAULT_BASE_URL,
  platform: "auto",
  timeout: "30",
  country: "DE",
};

function settingsShown(settings: Settings): JsonConfigSetting[] {
  return (Object.keys(WORDS) as SettingName[]).flatMap((name): JsonConfigSetting[] => {
    const setting = settings[name];
    const standard = DEFAULTS[name];
    if (setting !== undefined)
      return [{ name: WORDS[name], value: isSecret(name) ? undefined : setting.value, from: setting.from }];
    return standard === undefined ? [] : [{ name: WORDS[name], value: standard, from: "default" }];
  });
}
