import type { RunningCall } from "../call/telephony.js";
import { printable } from "../call/text/printable.js";

/** Whom you talk with, for a human. */
export function othersIn({ participants }: RunningCall, readable: (text: string) => string): string {
  const others = participants.filter(({ owner }) => !owner);
  const shown = others.length === 0 ? participants : others;
  const names = shown.map(({ phoneNumber }) =>
    phoneNumber === "" ? "withheld number" : printable(readable(phoneNumber)),
  );
  return names.join(", ");
}
