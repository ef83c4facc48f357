import { spelled } from "./headers.js";
import type { Outgoing } from "./message.js";

/** The bytes of a message. What would begin another line is taken out of the headers. */
export function serialize({ startLine, headers, body = "" }: Outgoing): Buffer {
  let text = `${oneLine(startLine)}\r\n`;
  for (const [name, value] of headers) text += `${spelled(name)}: ${oneLine(value)}\r\n`;
  return Buffer.from(`${text}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function oneLine(text: string): string {
  return /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]+/g, " ") : text;
}
