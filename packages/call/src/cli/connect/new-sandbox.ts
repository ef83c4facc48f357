/** Why nothing is found of earlier calls in an embedded sandbox, and how to keep one. */
export const NEW_SANDBOX =
  "Each command with --sandbox starts a new sandbox, without calls. To keep one, run `sipgate-sandbox` and set what it shows: SIPGATE_BASE_URL, SIPGATE_TOKEN_ID and SIPGATE_TOKEN.";
