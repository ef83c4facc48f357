/** The settings that can stand in the environment or in .env, for the help and the manual. */
export const SETTINGS_HELP: readonly (readonly [variables: string, meaning: string])[] = [
  [
    "SIPGATE_TOKEN_ID, SIPGATE_TOKEN",
    "personal access token (https://app.sipgate.com/personal-access-token)",
  ],
  ["SIPGATE_ACCESS_TOKEN", "OAuth access token, instead of a personal access token"],
  ["SIPGATE_PROFILE", "sign-in to use instead of a token; see login and profiles"],
  ["SIPGATE_CLIENT_ID, SIPGATE_CLIENT_SECRET", "your OAuth client, for login (https://console.sipgate.com)"],
  ["SIPGATE_REALM, SIPGATE_LOGIN_URL, SIPGATE_REDIRECT_PORT", "more settings for login"],
  ["SIPGATE_CALLER", "extension or number that rings first, such as e0"],
  ["SIPGATE_CALLEE", "number to call if none is given"],
  ["SIPGATE_CALLER_ID", "caller ID: the number that the callee sees"],
  ["SIPGATE_DEVICE_ID", "extension that is billed"],
  ["SIPGATE_COUNTRY", "country of numbers without a country code (default: DE)"],
  ["SIPGATE_DATABASE_URL", "PostgreSQL for --key and list, from the environment only"],
  ["SIPGATE_PLATFORM, SIPGATE_BASE_URL, SIPGATE_TIMEOUT", "same as the options"],
];
