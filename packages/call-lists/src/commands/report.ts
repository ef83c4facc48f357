import { findVanished } from "../lists/attempt-outcome.js";
import { findList } from "../lists/lists.js";
import { type ListReport, listReport } from "../report/list-report.js";
import { EXIT, type ListsCommand } from "./command.js";
import { table } from "./help.js";
import { withDatabase } from "./with-database.js";

export const report: ListsCommand = {
  name: "report",
  takes: ["LIST"],
  summary: "what a list has come to: outcomes, attempts, agents, and rules that are looser than usual",
  run: ({ positionals: [name = ""] }, terminal) =>
    withDatabase(async (database) => {
      await findVanished(database);
      const found = await listReport(database, await findList(database, name));
      terminal.show(inWords(found), { type: "report", ...found });
      return EXIT.ok;
    }),
};

function inWords(report: ListReport): string {
  const { contacts, attempts, agents, loosenedRules, retentionDays } = report;
  const { total, waiting, dialling, unknown, done, endedBy } = contacts;
  const times =
    attempts.first === undefined || attempts.last === undefined
      ? ""
      : `, from ${attempts.first.toISOString()} to ${attempts.last.toISOString()}`;
  const parts = [
    `${report.list} (${report.state})\n`,
    `Contacts: ${total}\n`,
    counts({ waiting, "being called": dialling, unknown, done }),
    section("Ended by a rule:", counts(endedBy)),
    `Attempts: ${attempts.total}${times}\n`,
    counts(attempts.causes),
    section("Dispositions:", counts(attempts.dispositions)),
    section(
      "Agents:",
      table(
        agents.map((each): [string, string] => [
          each.agent || "(unknown)",
          `attempts: ${each.attempts}, answered: ${each.completed}, talking: ${minutes(each.talkSeconds)}`,
        ]),
      ),
    ),
    section("Rules looser than usual:", loosenedRules.map((sentence) => `  ${sentence}\n`).join("")),
    ...(retentionDays === undefined
      ? []
      : [`Contacts are deleted ${retentionDays} days after their last attempt.\n`]),
  ];
  return parts.join("").trimEnd();
}

const section = (title: string, text: string) => (text === "" ? "" : `${title}\n${text}`);

const counts = (record: Readonly<Record<string, number>>) =>
  table(
    Object.entries(record)
      .filter(([, count]) => count > 0)
      .map(([name, count]): [string, string] => [name, String(count)]),
  );

const minutes = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} minutes`;
