import type { InspectedMessage } from "../phones/inspector.js";

/** The width of a column, in characters. */
const WIDTH = 34;

/**
 * SIP messages as a ladder of text: the sandbox on the left, one column for each phone.
 *
 * ```
 *                sandbox                           127.0.0.1:40001
 * 08:00:00.001   |--------- INVITE --------------->|
 * ```
 */
export function ladder(messages: readonly InspectedMessage[]): string {
  const peers = [...new Set(messages.map(({ peer }) => peer))];
  const head = `${" ".repeat(15)}${["sandbox", ...peers].map((name) => name.padEnd(WIDTH)).join("")}`;
  const lines = messages.map(({ at, direction, peer, title }) => {
    const column = peers.indexOf(peer);
    const time = new Date(at).toISOString().slice(11, 23).padEnd(15);
    const before = "|".padEnd(WIDTH).repeat(column);
    const rest = peers.slice(column + 1).map(() => `${" ".repeat(WIDTH - 1)}|`);
    return `${time}${before}|${arrow(title, direction)}|${rest.join("")}`;
  });
  return [head, ...lines].map((line) => line.trimEnd()).join("\n");
}

function arrow(title: string, direction: InspectedMessage["direction"]): string {
  const length = WIDTH - 1;
  const text = ` ${title.slice(0, length - 6)} `;
  const left = Math.floor((length - text.length) / 2);
  const line = `${"-".repeat(left)}${text}`.padEnd(length, "-");
  return direction === "sent" ? `${line.slice(0, -1)}>` : `<${line.slice(1)}`;
}
