import type { InspectedMessage } from "../phones/inspector.js";

/** The width of a column, in characters. */
const WIDTH = 34;
/** Of the times on the left. */
const MARGIN = 15;

/**
 * SIP messages as a ladder of text: the first phone on the left, then the sandbox, then the other phones. A message
 * between the sandbox and a phone further right passes the columns between them.
 *
 * ```
 *                e0 127.0.0.1:40001                sandbox                           e7 127.0.0.1:40002
 * 08:00:00.001   |<----------- INVITE -------------|                                 |
 * 08:00:00.120   |                                 |------------ INVITE ------------>|
 * ```
 */
export function ladder(messages: readonly InspectedMessage[]): string {
  const [first, ...others] = [...new Set(messages.map(phoneOf))];
  const columns = [first ?? "", "sandbox", ...others];
  const head = `${" ".repeat(MARGIN)}${columns.map((name) => name.padEnd(WIDTH)).join("")}`;
  const lines = messages.map((message) => {
    const column = columns.indexOf(phoneOf(message));
    return `${clockTime(message.at).padEnd(MARGIN)}${step(message, column, columns.length)}`;
  });
  return [head, ...lines].map((line) => line.trimEnd()).join("\n");
}

/** When a message came or went, as people write it. */
export function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}

function phoneOf({ extension, peer }: InspectedMessage): string {
  return `${extension} ${peer}`;
}

/** @param column the phone's; the sandbox's is 1 */
function step({ title, direction }: InspectedMessage, column: number, columns: number): string {
  const bars = "|".padEnd(WIDTH).repeat(columns);
  const [from, to] = [Math.min(column, 1), Math.max(column, 1)].map((each) => each * WIDTH);
  const [start, end] = [(from ?? 0) + 1, to ?? 0];
  const leadsRight = (direction === "sent") === column > 1;
  return `${bars.slice(0, start)}${arrow(title, end - start, leadsRight)}${bars.slice(end)}`;
}

function arrow(title: string, length: number, leadsRight: boolean): string {
  const text = ` ${title.slice(0, WIDTH - 7)} `;
  const left = Math.floor((length - text.length) / 2);
  const line = `${"-".repeat(left)}${text}`.padEnd(length, "-");
  return leadsRight ? `${line.slice(0, -1)}>` : `<${line.slice(1)}`;
}
