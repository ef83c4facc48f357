// An agent at work: the next contact is shown, the agent confirms, and only then is it called.
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../database/database.js";
import { findVanished } from "../lists/attempt-outcome.js";
import { type HandedOut, type HandOutResult, handOut } from "../lists/hand-out.js";
import { giveBack } from "../lists/lease.js";
import { findList, type List } from "../lists/lists.js";
import { ListsError } from "../lists-error.js";
import { deliverDue } from "../outbox/deliver.js";
import { callContact } from "./call-contact.js";
import { EXIT, type Input, type ListsCommand } from "./command.js";
import { AGENT_OPTIONS, type AtWork, goToWork } from "./connect.js";
import { previewObject, previewText, timeText } from "./preview.js";
import type { Terminal } from "./terminal.js";
import { withDatabase } from "./with-database.js";

export const next: ListsCommand = {
  name: "next",
  takes: ["LIST"],
  summary: "show the next contact, and call it once you have confirmed",
  options: AGENT_OPTIONS,
  run: (input, terminal) => atWork(input, terminal, oneContact),
};

export const work: ListsCommand = {
  name: "work",
  takes: ["LIST"],
  summary: "call one contact after another, each once you have confirmed",
  options: AGENT_OPTIONS,
  run: (input, terminal) => atWork(input, terminal, allContacts),
};

interface Shift {
  readonly database: Database;
  readonly list: List;
  readonly at: AtWork;
  readonly terminal: Terminal;
}

function atWork(input: Input, terminal: Terminal, work: (shift: Shift) => Promise<number>): Promise<number> {
  return withDatabase(async (database) => {
    const list = await findList(database, input.positionals[0] ?? "");
    const at = await goToWork(database, list, input);
    try {
      return await work({ database, list, at, terminal });
    } finally {
      await at.close();
    }
  });
}

async function oneContact(shift: Shift): Promise<number> {
  const handed = await nextContact(shift);
  if (handed.kind === "contact") await offer(shift, handed.contact);
  else tellWhyNobody(shift, handed);
  return EXIT.ok;
}

const POLL_MS = 5_000;
const AGAIN_MS = 2_000;

async function allContacts(shift: Shift): Promise<number> {
  let told = "";
  while (!shift.terminal.isClosed) {
    try {
      const handed = await nextContact(shift);
      if (handed.kind === "stopped") return tellWhyNobody(shift, handed);
      if (handed.kind === "contact") {
        told = "";
        if ((await offer(shift, handed.contact)) === "leave") return EXIT.ok;
        continue;
      }
      if (handed.kind === "nobody" && handed.inMs === undefined) return tellWhyNobody(shift, handed);
      const state = JSON.stringify(handed.kind === "nobody" ? handed.nextAt : handed.kind);
      if (state !== told) tellWhyNobody(shift, handed);
      told = state;
      await sleep(Math.min(POLL_MS, (handed.kind === "nobody" ? handed.inMs : POLL_MS) ?? POLL_MS));
    } catch (error) {
      if (!(error instanceof ListsError) || error.code !== "database-unreachable") throw error;
      shift.terminal.note(`${error.message} It's tried again.`);
      await sleep(AGAIN_MS);
    }
  }
  return EXIT.ok;
}

/** What others have left behind is looked after first. */
async function nextContact({ database, list, at }: Shift): Promise<HandOutResult> {
  await findVanished(database);
  await deliverDue(database);
  const { id: agentId, shownNumber } = at.agent;
  return handOut(database, { listId: list.id, agentId, shownNumber });
}

function tellWhyNobody(
  { terminal, list }: Shift,
  handed: Exclude<HandOutResult, { kind: "contact" }>,
): number {
  const why = handed.kind === "nobody" ? handed.reason : undefined;
  const nextAt = handed.kind === "nobody" ? handed.nextAt : undefined;
  const text =
    handed.kind === "nobody"
      ? `Nobody can be called now. ${why?.message ?? ""} ${nextAt === undefined ? "Nobody waits." : `The next one is due at ${timeText(nextAt)}.`}`
      : `The list is ${handed.kind}.`;
  terminal.show(text.replace(/ +/g, " "), { type: handed.kind, list: list.name, reason: why, nextAt });
  return EXIT.ok;
}

/** Seconds until a contact that was skipped is due again. */
const SKIPPED_SECONDS = 600;

async function offer({ database, at, terminal }: Shift, contact: HandedOut): Promise<"go on" | "leave"> {
  terminal.show(previewText(contact), previewObject(contact));
  const answer = await terminal.ask("Call? Enter: call · s: skip · q: leave");
  if (answer === undefined || /^q/i.test(answer)) {
    await giveBack(database, contact);
    return "leave";
  }
  if (/^s/i.test(answer)) {
    await giveBack(database, contact, SKIPPED_SECONDS);
    return "go on";
  }
  return callContact(at, contact, terminal);
}
