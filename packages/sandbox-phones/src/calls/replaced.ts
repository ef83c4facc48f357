import { parametersOf } from "../codec/split.js";

/** The call that a phone's request names, to take its place (RFC 3891). The tags are named as we see them. */
export interface Replaced {
  readonly callId: string;
  readonly ownTag: string;
  readonly phoneTag: string;
}

export function replacedIn(text: string): Replaced {
  const [callId = "", ...parameters] = text.split(";");
  const tags = parametersOf(parameters);
  const [ownTag = "", phoneTag = ""] = [tags.get("to-tag"), tags.get("from-tag")];
  return { callId: callId.trim(), ownTag, phoneTag };
}
