// Contacts handed out a second, beside what is the least that a queue in PostgreSQL has to do, and a queue that is installed.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import pg from "pg";
import PgBoss from "pg-boss";
import { createClient } from "sipgate-call";
import { openCallLists } from "sipgate-call-lists";
import { createSandbox } from "sipgate-sandbox";
import { startPostgres } from "../../packages/call-lists/test/postgres.mjs";
import { addRatios, demand, inTurns, target } from "../measure.mjs";
import { measureImport } from "./import.mjs";

const MAIN = fileURLToPath(new URL("../../packages/call-lists/dist/main.cjs", import.meta.url));
const BARE = "a bare SKIP LOCKED loop (the floor)";
const OURS = "sipgate-call-lists, rules judged";
/** As many agents take contacts at the same time. */
const AGENTS = 4;

export async function run({ quick }) {
  const [rows, taken, rounds] = quick ? [2_000, 100, 1] : [1_000_000, 2_000, 5];
  const postgres = await startPostgres({ durable: true });
  const closing = [];
  try {
    const contenders = {
      [OURS]: { taken, take: await ours(postgres, rows, closing) },
      [BARE]: { taken, take: await bare(postgres, rows, closing) },
      // It sorts all jobs for each fetch, which takes seconds.
      "pg-boss, fetch": { taken: AGENTS * 2, take: await boss(postgres, rows, closing) },
    };
    // A program that has just started compiles what it runs: that isn't counted for any of them.
    for (const contender of Object.values(contenders)) await measured(contender);
    const samples = await inTurns(
      rounds,
      Object.fromEntries(
        Object.entries(contenders).map(([name, contender]) => [name, () => measured(contender)]),
      ),
    );
    addRatios(samples, "handed out per s", BARE);
    const text = "contacts handed out per s, of the bare loop's, at least 0.7";
    const targets = [target(text, samples[OURS][`of ${BARE}`], { atLeast: 0.7 })];
    const title = `Contacts handed out, of ${rows.toLocaleString("en")}, to ${AGENTS} agents at once`;
    return [{ title, samples, targets }, await measureImport(postgres, { quick })];
  } finally {
    for (const close of closing.reverse()) await close();
    await postgres.close();
  }
}

/** @param contender `take` takes one contact, for the agent of that number, and returns what identifies it */
async function measured({ take, taken }) {
  const found = new Set();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AGENTS }, async (_, agent) => {
      for (let count = 0; count < taken / AGENTS; count += 1) found.add(await take(agent));
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  demand(found.size === taken, `${found.size} of ${taken} contacts`);
  return { "handed out per s": taken / seconds };
}

async function bare(postgres, rows, closing) {
  const pool = new pg.Pool({ connectionString: postgres.newDatabase(), max: AGENTS });
  pool.on("error", () => {}); // Its connections outlive it, too.
  closing.push(() => pool.end());
  await pool.query(
    "create table contact (id bigint primary key, number text, state text not null default 'waiting')",
  );
  await pool.query("insert into contact select n, '+4969900' || n from generate_series(1, $1::bigint) n", [
    rows,
  ]);
  await pool.query("create index on contact (id) where state = 'waiting'");
  await pool.query("vacuum analyze contact");
  const text = `update contact set state = 'taken' where id = (
    select id from contact where state = 'waiting' order by id limit 1 for update skip locked) returning *`;
  return async () => (await pool.query({ name: "take", text })).rows[0].id;
}

async function boss(postgres, rows, closing) {
  const url = postgres.newDatabase();
  const queue = new PgBoss({ connectionString: url, max: AGENTS, supervise: false, schedule: false });
  queue.on("error", () => {}); // Its connections outlive it.
  await queue.start();
  closing.push(() => queue.stop({ graceful: false }));
  await queue.createQueue("contacts", { retryLimit: 0 });
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await pool.query(
    "insert into pgboss.job (name, data, retry_limit) select 'contacts', jsonb_build_object('number', '+4969900' || n), 0 from generate_series(1, $1::bigint) n",
    [rows],
  );
  await pool.query("vacuum analyze");
  await pool.end();
  return async () => (await queue.fetch("contacts"))[0].id;
}

async function ours(postgres, rows, closing) {
  const url = postgres.newDatabase();
  execFileSync(process.execPath, [MAIN, "init", "--yes"], {
    env: { ...process.env, SIPGATE_DATABASE_URL: url },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const allDay = ["00:00", "24:00"];
  const rules = {
    weekdayHours: allDay,
    saturdayHours: allDay,
    sundayHours: allDay,
    holidays: "none",
    consentRequired: false,
  };
  await pool.query(
    "insert into sipgate_call.list (name, caller_id, rules) values ('bench', '+496990009000', $1)",
    [JSON.stringify(rules)],
  );
  await pool.query(
    `insert into sipgate_call.contact (list_id, number, number_key)
     select 1, number, sha256(number::bytea)
       from (select '+4969900' || n as number from generate_series(1, $1::bigint) n) numbers`,
    [rows],
  );
  await pool.query("vacuum analyze");
  await pool.end();
  const sandbox = await createSandbox();
  const lists = await openCallLists(url);
  closing.push(
    () => sandbox.close(),
    () => lists.close(),
  );
  const { classic: credentials, baseUrl } = sandbox;
  const client = createClient({ credentials, baseUrl, idempotencyStore: lists.idempotencyStore });
  const shifts = await Promise.all(
    Array.from({ length: AGENTS }, (_, agent) =>
      lists.startShift({ client, list: "bench", agent: `agent ${agent}`, caller: "e0" }),
    ),
  );
  return async (agent) => {
    const handed = await shifts[agent].next();
    demand(handed.kind === "contact", handed.kind);
    return handed.contact.contact.id;
  };
}
