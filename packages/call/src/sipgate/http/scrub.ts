// What an error may keep of an answer. Ids of calls encode phone numbers, and no error shows them; nor SIP passwords,
// which come with devices, or anything else that's long enough to be an id or a key.

const CONFIDENTIAL =
  /("(?:sessionId|callId|callSid|password|token|secret|\w+_token|\w+_secret)"\s*:\s*")(?:[^"\\]|\\.)*/g;
const LONG_WORD = /[\w+/=-]{24,}/g;

/** An answer's body with all of that as `…`. */
export function scrubIds(body: string): string {
  return body.replace(CONFIDENTIAL, "$1…").replace(LONG_WORD, "…");
}
