import type { SipRequest } from "../codec/message.js";

/** The key that an INFO of a phone reports in place of a tone; `undefined` if it reports something else. */
export function keyInInfo({ headers, body }: SipRequest): string | undefined {
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const text = body.toString("latin1", 0, 200);
  const key =
    type === "application/dtmf-relay"
      ? /^Signal\s?=\s?([0-9A-D*#]|1[01])\s*$/im.exec(text)?.[1]
      : type === "application/dtmf"
        ? /^\s?([0-9A-D*#]|1[01])\s*$/i.exec(text)?.[1]
        : undefined;
  if (key === "10") return "*";
  return key === "11" ? "#" : key?.toUpperCase();
}
