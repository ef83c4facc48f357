import { InvalidRequestError, type Problem } from "../../call/errors.js";
import { checkHistoryQuery, type HistoryQuery } from "../../call/history-query.js";
import type { Command, Input } from "../command.js";
import { connect } from "../connect/connect.js";
import { NEW_SANDBOX } from "../connect/new-sandbox.js";
import { EXIT } from "../exit-codes.js";
import type { CallWriter } from "../past-calls/call-writer.js";
import { csvWriter } from "../past-calls/csv-writer.js";
import { startReadingProgress } from "../past-calls/reading-progress.js";
import { tableWriter } from "../past-calls/table-of-calls.js";
import { readSettings, withoutCall } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { localZone } from "../terminal/person-time.js";
import { UsageError, usageProblem } from "../usage-error.js";

const DEFAULT_LIMIT = 20;
const NONE = "No calls were found.";

export const history: Command = {
  name: "history",
  group: "look",
  summary: "List past calls: when, with whom, how they ended, how long they lasted",
  options: {
    limit: {
      type: "string",
      placeholder: "N",
      description: `maximum number of calls (default: ${DEFAULT_LIMIT})`,
    },
    all: { type: "boolean", description: "list all calls" },
    from: {
      type: "string",
      placeholder: "DATE",
      description: "only calls that began on this day or later, such as 2026-11-01",
    },
    to: { type: "string", placeholder: "DATE", description: "only calls that began on this day or earlier" },
    number: { type: "string", placeholder: "NUMBER", description: "only calls with this number" },
    utc: { type: "boolean", description: "show times in UTC (default: the time zone of this machine)" },
    csv: { type: "boolean", description: "print a table for a spreadsheet: CSV with a header line" },
    separator: {
      type: "string",
      placeholder: "CHARACTER",
      description:
        "what separates the cells of --csv: , ; or tab (default: as spreadsheets of your locale expect)",
    },
  },
  examples: [
    ["sipgate-call history", `the last ${DEFAULT_LIMIT} calls`],
    ["sipgate-call history --number 030/23125000 --from 2026-11-01", "calls with a number since a day"],
    ["sipgate-call history --all --csv > calls.csv", "all calls, for a spreadsheet"],
  ],
  async run(input, output) {
    const settings = withoutCall(readSettings(input));
    const query = await queryOf(input, settings.country?.value);
    const connection = await connect(settings, input, output);
    const progress = startReadingProgress(output);
    try {
      const writer = await writerFor(input, progress.output);
      let found = 0;
      for await (const call of connection.client.history(query)) {
        if (!output.takesMore()) break;
        found += 1;
        progress.counted(found);
        writer.write(call);
      }
      writer.end();
      progress.end();
      if (found === 0 && !input.flag("csv"))
        output.notice(connection.sandbox ? `${NONE} ${NEW_SANDBOX}` : NONE);
      return EXIT.ok;
    } finally {
      progress.end();
      await connection.close();
    }
  },
};

async function writerFor(input: Input, output: Output): Promise<CallWriter> {
  const zone = input.flag("utc") ? "UTC" : localZone;
  if (output.json) return { write: (call) => output.object({ type: "past-call", ...call }), end() {} };
  if (input.flag("csv")) return csvWriter(output, zone, input.text("separator"));
  return tableWriter(output, zone);
}

/** @throws UsageError naming everything that's wrong, by the options' names */
async function queryOf(input: Input, country: string | undefined): Promise<HistoryQuery> {
  const limit = input.text("limit") ?? String(DEFAULT_LIMIT);
  const isLimit = /^[1-9]\d{0,8}$/.test(limit);
  const problems = contradictions(input);
  if (!isLimit)
    problems.push(usageProblem("--limit", "It must be a whole number above 0.", "Write it like 50."));
  const query = {
    limit: input.flag("all") || !isLimit ? undefined : Number(limit),
    from: input.text("from"),
    to: input.text("to"),
    number: input.text("number"),
  };
  try {
    const checked = await checkHistoryQuery(query, country);
    if (problems.length === 0) return checked;
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    problems.push(...error.problems.map((problem) => ({ ...problem, field: `--${problem.field}` })));
  }
  throw new UsageError(problems);
}

function contradictions(input: Input): Problem[] {
  const problems: Problem[] = [];
  const separator = input.text("separator");
  const out = "Leave one of them out.";
  if (input.flag("all") && input.text("limit") !== undefined)
    problems.push(usageProblem("--limit", "It contradicts --all.", out));
  if (input.flag("csv") && input.flag("json"))
    problems.push(usageProblem("--csv", "It contradicts --json.", out));
  if (input.flag("utc") && input.flag("json"))
    problems.push(usageProblem("--utc", "It has no use with --json, whose times are always UTC.", out));
  if (separator !== undefined && !input.flag("csv"))
    problems.push(usageProblem("--separator", "It needs --csv.", "Add --csv."));
  if (separator !== undefined && !/^(?:[,;\t]|tab)$/.test(separator))
    problems.push(usageProblem("--separator", "It isn't a separator.", 'Write ",", ";" or tab.'));
  return problems;
}
