import { spelled } from "./headers.js";
import type { Outgoing } from "./message.js";

/** The bytes of a message. What would begin another line is taken out of the headers. */
export function serialize({ startLine, headers, body = "" }: Outgoing): Buffer {
  const lines = headers.map(([name, value]) => `${spelled(name)}: ${oneLine(value)}`);
  const head = [oneLine(startLine), ...lines, `Content-Length: ${Buffer.byteLength(body)}`, "", body];
  return Buffer.from(head.join("\r\n"));
}

function oneLine(text: string): string {
  return /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]+/g, " ") : text;
}
