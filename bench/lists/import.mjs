// Imports: rows that are judged already beside PostgreSQL's COPY into the same tables and indexes, and a whole file.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { rolldown } from "rolldown";
import { addRatios, demand, inTurns, target } from "../measure.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = `${ROOT}packages/call-lists/dist/main.cjs`;
const COPY = "PostgreSQL's COPY (the floor)";
const OURS = "rows that are judged already";
const FILE = "a CSV file, numbers judged";

/** @returns the table of the bench */
export async function measureImport(postgres, { quick }) {
  const [rows, rounds, rowsOfFile] = quick ? [2_000, 1, 2_000] : [300_000, 3, 1_000_000];
  const url = postgres.newDatabase();
  lists(url, "init", "--yes");
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on("error", () => {}); // Its connections outlive the server.
  const { openDatabase, openStaging } = await stagingOfSources();
  const database = openDatabase(url);
  try {
    const samples = await inTurns(rounds, {
      [OURS]: () => timed(pool, rows, (id) => stage(database, openStaging, id, rows)),
      [COPY]: () => timed(pool, rows, (id) => copy(pool, id, rows)),
    });
    addRatios(samples, "rows per s", COPY);
    samples[FILE] = await wholeFile(pool, url, rowsOfFile);
    return {
      title: `Imports of ${rows.toLocaleString("en")} rows, and of a file with ${rowsOfFile.toLocaleString("en")}`,
      samples,
      targets: [
        target("rows that are judged already per s, of COPY's, at least 0.5", samples[OURS][`of ${COPY}`], {
          atLeast: 0.5,
        }),
        target("seconds for the file, at most 60", samples[FILE].seconds, { atMost: 60 }),
      ],
    };
  } finally {
    await database.close();
    await pool.end();
  }
}

/** What an import does after judging isn't public, so it's bundled for this. */
async function stagingOfSources() {
  const file = `${ROOT}node_modules/.cache/sipgate-bench-staging.mjs`;
  const sources = `${ROOT}packages/call-lists/src`;
  const bundled = await rolldown({
    input: "entry",
    platform: "node",
    external: [/^node:/, "pg", "pg-copy-streams", "sipgate-call"],
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "entry" ? id : undefined),
        load: (id) =>
          id === "entry"
            ? `export { openDatabase } from "${sources}/database/database.ts"; export { openStaging } from "${sources}/import/staging.ts";`
            : undefined,
      },
    ],
  });
  await bundled.write({ file, format: "esm" });
  await bundled.close();
  return import(file);
}

/** Into a list of its own, that is empty, as are all others. */
async function timed(pool, rows, work) {
  await pool.query("truncate sipgate_call.list cascade");
  await pool.query("checkpoint");
  const made = await pool.query("insert into sipgate_call.list (name) values ('bench') returning id");
  const begun = performance.now();
  await work(made.rows[0].id);
  const seconds = (performance.now() - begun) / 1_000;
  const { count } = (await pool.query("select count(*)::int from sipgate_call.contact")).rows[0];
  demand(count === rows, `${count} of ${rows} contacts`);
  return { "rows per s": rows / seconds };
}

function* pieces(rows, textOf) {
  let text = "";
  for (let row = 0; row < rows; row += 1) {
    text += textOf(row);
    if (text.length < 6_000_000) continue;
    yield text;
    text = "";
  }
  yield text;
}

const numberOf = (row) => `+493023125${String(row).padStart(6, "0")}`;
const keyOf = (row) => `\\\\x${createHmac("sha256", "secret").update(numberOf(row)).digest("hex")}`;
const contactOf = (row) => {
  return `${numberOf(row)}\t${keyOf(row)}\tAnna Beispiel ${row}\tMuster GmbH\tcalls back\t{"customer":"${row}"}\tBE\t\\N\t0\t\\N`;
};

function stage(database, openStaging, listId, rows) {
  return database.transaction(async (transaction) => {
    const staging = await openStaging(transaction, listId, () => {});
    for (const text of pieces(rows, (row) => `${row + 2}\t${contactOf(row)}\t\\N\t\\N\t\\N\t\\N\n`))
      await staging.add(text);
    await staging.end();
  });
}

async function copy(pool, listId, rows) {
  const client = await pool.connect();
  const columns =
    "list_id, number, number_key, name, company, notes, extra, region, time_zone, priority, call_back_at";
  const into = async (table, textOf) =>
    pipeline(
      Readable.from(pieces(rows, textOf)),
      client.query(copyFrom(`copy sipgate_call.${table} from stdin`)),
    );
  await into(`contact (id, ${columns})`, (row) => `${row}\t${listId}\t${contactOf(row)}\n`);
  await into("listed_number", (row) => `${keyOf(row)}\t${listId}\t${row}\n`);
  client.release();
}

/** In the notations that people use. */
const NOTATIONS = [
  (row) => numberOf(row),
  (row) => numberOf(row).replace("+4930", "030/"),
  (row) => numberOf(row).replace("+4930", "+49 30 "),
  (row) => numberOf(row).replace("+4930", "0049 30 "),
  (row) => numberOf(row).replace("+4930", "(030) "),
  (row) => numberOf(row).replace("+49", "+49 (0)"),
];

async function wholeFile(pool, url, rows) {
  await pool.query("truncate sipgate_call.list cascade");
  const path = join(tmpdir(), `sipgate-bench-${process.pid}.csv`);
  const lines = function* () {
    yield "Vorname;Nachname;Firma;Telefon;Notiz;Kundennummer;Bundesland\n";
    for (let row = 0; row < rows; row += 1)
      yield `Anna;Beispiel ${row};Muster GmbH;${NOTATIONS[row % NOTATIONS.length](row)};"calls; back";${row};BE\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(path));
  try {
    const begun = performance.now();
    const out = lists(url, "import", "bench", path, "--json");
    const seconds = (performance.now() - begun) / 1_000;
    demand(out.includes(`"contacts":${rows},`), out);
    return { "rows per s": [rows / seconds], seconds: [seconds] };
  } finally {
    await rm(path);
  }
}

function lists(url, ...words) {
  return execFileSync(process.execPath, [MAIN, ...words], {
    env: { ...process.env, SIPGATE_DATABASE_URL: url },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}
