// What an error may keep of a response. No error shows ids of calls, which encode phone numbers; nor SIP
// passwords, which come with devices; nor anything else that's long enough to be an id or a key.

const CONFIDENTIAL =
  /("(?:sessionId|callId|callSid|password|token|secret|\w+_token|\w+_secret)"\s*:\s*")(?:[^"\\]|\\.)*/g;
const LONG_WORD = /[\w+/=-]{24,}/g;

/** A response's body with all of that as `…`. */
export function scrubIds(body: string): string {
  return body.replace(CONFIDENTIAL, "$1…").replace(LONG_WORD, "…");
}
