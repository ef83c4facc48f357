// An agent at work: the next contact is shown, the agent confirms, and only then is it called.
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../database/database.js";
import type { HandedOut, HandOutResult } from "../lists/hand-out.js";
import { ListsError } from "../lists-error.js";
import { deliverDue } from "../outbox/deliver.js";
import type { Shift } from "../work/shift.js";
import { type AfterContact, callContact, wrapUp } from "./call-contact.js";
import { EXIT, type Input, type ListsCommand } from "./command.js";
import { AGENT_OPTIONS, goToWork } from "./connect.js";
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

interface AgentAtWork {
  readonly database: Database;
  readonly shift: Shift;
  readonly terminal: Terminal;
}

function atWork(
  input: Input,
  terminal: Terminal,
  work: (at: AgentAtWork) => Promise<number>,
): Promise<number> {
  return withDatabase(async (database) => {
    const { shift, close } = await goToWork(database, input.positionals[0] ?? "", input);
    try {
      return await work({ database, shift, terminal });
    } finally {
      await close();
    }
  });
}

async function oneContact(at: AgentAtWork): Promise<number> {
  const handed = await nextContact(at);
  if (handed.kind === "contact") await offer(at, handed.contact);
  else tellWhyNobody(at, handed);
  return EXIT.ok;
}

const POLL_MS = 5_000;
const AGAIN_MS = 2_000;

async function allContacts(at: AgentAtWork): Promise<number> {
  let told = "";
  while (!at.terminal.isClosed) {
    try {
      const handed = await nextContact(at);
      if (handed.kind === "stopped") return tellWhyNobody(at, handed);
      if (handed.kind === "contact") {
        told = "";
        const after = await offer(at, handed.contact);
        if (after === "leave") return EXIT.ok;
        if (after === "called" && (await wrapUp(handed.contact, at.terminal)) === "leave") return EXIT.ok;
        continue;
      }
      if (handed.kind === "nobody" && handed.inMs === undefined) return tellWhyNobody(at, handed);
      const state = JSON.stringify(handed.kind === "nobody" ? handed.nextAt : handed.kind);
      if (state !== told) tellWhyNobody(at, handed);
      told = state;
      await sleep(Math.min(POLL_MS, (handed.kind === "nobody" ? handed.inMs : POLL_MS) ?? POLL_MS));
    } catch (error) {
      if (!(error instanceof ListsError) || error.code !== "database-unreachable") throw error;
      at.terminal.note(`${error.message} It's tried again.`);
      await sleep(AGAIN_MS);
    }
  }
  return EXIT.ok;
}

async function nextContact({ database, shift }: AgentAtWork): Promise<HandOutResult> {
  await deliverDue(database);
  return shift.next();
}

function tellWhyNobody(
  { terminal, shift: { list } }: AgentAtWork,
  handed: Exclude<HandOutResult, { kind: "contact" }>,
): number {
  const why = handed.kind === "nobody" ? handed.reason : undefined;
  const nextAt = handed.kind === "nobody" ? handed.nextAt : undefined;
  const others = why === undefined ? "Nobody waits." : "";
  const text =
    handed.kind === "nobody"
      ? `Nobody can be called now. ${why?.message ?? ""} ${nextAt === undefined ? others : `The next one is due at ${timeText(nextAt)}.`}`
      : `The list is ${handed.kind}.`;
  terminal.show(text.replace(/ +/g, " ").trim(), { type: handed.kind, list: list.name, reason: why, nextAt });
  return EXIT.ok;
}

/** Seconds until a contact that was skipped is due again. */
const SKIPPED_SECONDS = 600;

async function offer({ shift, terminal }: AgentAtWork, contact: HandedOut): Promise<AfterContact> {
  terminal.show(previewText(contact), previewObject(contact));
  const answer = await terminal.ask("Call? Enter: call · s: skip · q: leave");
  if (answer === undefined || /^q/i.test(answer)) {
    await shift.giveBack(contact);
    return "leave";
  }
  if (/^s/i.test(answer)) {
    await shift.giveBack(contact, SKIPPED_SECONDS);
    return "go on";
  }
  return callContact(shift, contact, terminal);
}
