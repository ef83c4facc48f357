// npm run bench [-- PART …] [--quick] [--json FILE] [--compare FILE]: see README.md
import { writeFileSync } from "node:fs";
import { readArguments } from "./arguments.mjs";
import { installPeers } from "./peers.mjs";
import { comparisonText, machine, summarized, tableText } from "./report.mjs";

const PARTS = [
  "start",
  "dial",
  "line",
  "calls",
  "follow",
  "history",
  "install",
  "sandbox",
  "phones",
  "dialer",
  "lists",
];

const { quick, json, earlier, names } = readArguments(PARTS);
if (!quick) installPeers();
const where = machine();
console.log(Object.values(where).join(" · "));
const tables = [];
// A quick run shows that everything works. Its figures mean nothing, so all parts may run at once.
for await (const measured of quick ? names.map(run) : inOrder(names)) {
  for (const table of measured) {
    tables.push(summarized(quick ? { ...table, targets: [] } : table));
    console.log(tableText(tables.at(-1)));
  }
}
if (json !== undefined) writeFileSync(json, JSON.stringify({ machine: where, tables }, null, 2));
if (earlier !== undefined) {
  console.log(`\nThe earlier run: ${Object.values(earlier.machine).join(" · ")}`);
  console.log(comparisonText(tables, earlier.tables));
}

async function run(name) {
  const part = await import(`./${name}/part.mjs`);
  return part.run({ quick });
}

async function* inOrder(names) {
  for (const name of names) yield run(name);
}
