import type { HandedOut } from "../lists/hand-out.js";

/** Who is to be called, why, and what was before, for the agent. Times are the callee's own business: these are the agent's. */
export function previewText({ contact, attempts, list }: HandedOut): string {
  const { name, company, number, notes, extra, callBackAt } = contact;
  const lines = [
    [name, company].filter((part) => part !== undefined).join(", ") || "Without a name",
    `  ${number}   list ${list.name}`,
    ...(callBackAt === undefined ? [] : [`  Asked to be called at ${timeText(callBackAt)}.`]),
    ...(notes === undefined ? [] : [`  ${notes}`]),
    ...Object.entries(extra).map(([column, value]) => `  ${column}: ${value}`),
    ...attempts.map(
      ({ at, cause, disposition, agent, note }) =>
        `  ${timeText(at)}: ${[disposition?.name ?? cause, agent && `by ${agent}`, note].filter(Boolean).join(", ")}`,
    ),
  ];
  return lines.join("\n");
}

/** The same for programs. */
export function previewObject({ contact, attempts, list, leaseUntil }: HandedOut): object {
  return { type: "contact", list: list.name, ...contact, attempts, leaseUntil };
}

export const timeText = (at: Date) => at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
