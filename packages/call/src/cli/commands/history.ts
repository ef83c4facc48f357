import { InvalidRequestError, type Problem } from "../../call/errors.js";
import { checkHistoryQuery, type HistoryQuery } from "../../call/history-query.js";
import type { PastCall } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Command, Input } from "../command.js";
import { connect } from "../connect/connect.js";
import { EXIT } from "../exit-codes.js";
import { readSettings, withoutCall } from "../settings/settings.js";
import { clock } from "../terminal/clock.js";
import { UsageError, usageProblem } from "../usage-error.js";

const DEFAULT_LIMIT = 20;

export const history: Command = {
  name: "history",
  summary: "List past calls: when, who, how they ended, how long",
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
    csv: { type: "boolean", description: "print comma-separated values with a header line" },
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
    try {
      if (input.flag("csv")) output.line(HEADINGS.join(","));
      let found = 0;
      for await (const call of connection.client.history(query)) {
        if (!output.takesMore()) break;
        found += 1;
        output.object({ type: "past-call", ...call });
        output.line(input.flag("csv") ? cellsOf(call).map(quoted).join(",") : lineOf(call));
      }
      if (found === 0 && !input.flag("csv")) output.notice("No calls were found.");
      return EXIT.ok;
    } finally {
      await connection.close();
    }
  },
};

/** @throws UsageError naming everything that's wrong, by the options' names */
async function queryOf(input: Input, country: string | undefined): Promise<HistoryQuery> {
  const limit = input.text("limit") ?? String(DEFAULT_LIMIT);
  const isLimit = /^[1-9]\d{0,8}$/.test(limit);
  const problems: Problem[] = [];
  if (!isLimit)
    problems.push(usageProblem("--limit", "It must be a whole number above 0.", "Write it like 50."));
  if (input.flag("all") && input.text("limit") !== undefined)
    problems.push(usageProblem("--limit", "It contradicts --all.", "Leave one of them out."));
  if (input.flag("csv") && input.flag("json"))
    problems.push(usageProblem("--csv", "It contradicts --json.", "Leave one of them out."));
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

const HEADINGS = ["started", "direction", "source", "target", "outcome", "seconds", "call"];

function cellsOf({ startedAt, direction, source, target, end, callId }: PastCall): string[] {
  const seconds = end.durationSeconds === undefined ? "" : String(end.durationSeconds);
  return [startedAt, direction, source, target, end.cause, seconds, callId].map((cell) =>
    printable(cell ?? "", 500),
  );
}

// A spreadsheet takes a cell with such a beginning for a formula, some also with full-width characters. If it's set to
// another separator than ours, as in Germany, a cell begins after that, too.
const FORMULA = /(^|[;\t|])([ "']*)(?=[=@+\-\uff1d\uff20\uff0b\uff0d])/g;

/** A cell of a CSV file (RFC 4180). What would be taken for a formula becomes text; numbers keep their plus. */
function quoted(cell: string): string {
  const text = /^[+-]\d+$/.test(cell) ? cell : cell.replace(FORMULA, "$1$2'");
  return /[",;|\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function lineOf(call: PastCall): string {
  const [started = "", direction = "", source = "", target = "", outcome = ""] = cellsOf(call);
  const talked = call.end.durationSeconds ? `  ${clock(call.end.durationSeconds)}` : "";
  return `${started.padEnd(24)}  ${direction.padEnd(15)}  ${source.padEnd(15)}  ${target.padEnd(15)}  ${outcome}${talked}`;
}
