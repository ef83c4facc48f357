import { spelled } from "./headers.js";
import type { Outgoing } from "./message.js";

/** The bytes of a message. What would begin another line is taken out of the headers. */
export function serialize({ startLine, headers, body = "" }: Outgoing): Buffer {
  const content = Buffer.from(body);
  const lines = headers.map(([name, value]) => `${spelled(name)}: ${oneLine(value)}`);
  const head = [oneLine(startLine), ...lines, `Content-Length: ${content.length}`, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head), content]);
}

function oneLine(text: string): string {
  return /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]+/g, " ") : text;
}
