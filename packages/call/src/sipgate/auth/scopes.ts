/** The scopes that a sign-in asks for, each with its purpose: those of methods and commands, except of `registerDevice`. */
export const SCOPES: Readonly<Record<string, string>> = {
  "sessions:calls:write": "place calls (classic)",
  "rtcm:write": "place calls (neo), and control running ones",
  "rtcm:read": "see your running calls",
  "history:read": "see your past calls, and how a call ended",
  "devices:read": "list your phones",
  "numbers:read": "list your numbers",
  "channels:read": "list your channels (neo)",
  "balance:read": "see whether the balance suffices",
  "callrestrictions:read": "see which numbers you may not call",
  "contacts:read": "call a contact by name",
  "groups:read": "tell the platform",
};
