// What the bench is asked for on its command line. Everything is checked before anything is measured for minutes.
import { appendFileSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const OPTIONS = { quick: { type: "boolean" }, json: { type: "string" }, compare: { type: "string" } };

/**
 * Which of the parts to measure, where to write the results, and the earlier ones to compare them with. Ends the
 * process with exit code 2 and every problem if something is wrong.
 */
export function readArguments(parts) {
  const problems = [];
  const attempt = (what) => {
    try {
      return what();
    } catch (error) {
      problems.push(error.message);
      return undefined;
    }
  };
  const { values = {}, positionals = [] } =
    attempt(() => parseArgs({ allowPositionals: true, options: OPTIONS })) ?? {};
  const { quick = false, json, compare } = values;
  const unknown = positionals.filter((name) => !parts.includes(name));
  if (unknown.length > 0)
    problems.push(`There is no part ${unknown.join(", ")}. Parts: ${parts.join(", ")}.`);
  const earlier = compare === undefined ? undefined : attempt(() => readResults(compare));
  if (json !== undefined) attempt(() => appendFileSync(json, ""));
  if (problems.length > 0) {
    console.error(problems.join("\n"));
    process.exit(2);
  }
  return { quick, json, earlier, names: positionals.length > 0 ? positionals : parts };
}

function readResults(file) {
  const text = readFileSync(file, "utf8");
  try {
    const { machine, tables } = JSON.parse(text);
    if (Object.keys(machine).length > 0 && tables.every(({ title, rows }) => title && rows))
      return { machine, tables };
  } catch {
    // Told of below.
  }
  throw new Error(`${file} holds no results of an earlier run with --json.`);
}
