// Nobody on a list is rung twice, nobody is forgotten, and what isn't known is in a person's hands, whatever happens to the
// agents' processes and to the database. `sipgate-call-lists work` runs in several processes, each killed or stopped at random.
// Their machines' clocks differ by an hour, and the database fails in the middle. Time passes fast for all of them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { openCallLists } from "sipgate-call-lists";
import { createSandbox } from "sipgate-sandbox";

/** How many times as fast the agents' machines and sipgate live, and the database: its leases are what is waited for. */
const SPEED = 10;
const DATABASE_SPEED = 30;
/** Longer than the database's leases and heartbeats. */
const LONGEST_STOP_MS = 12_000;
const HOUR_MS = 3_600_000;
const MAIN = fileURLToPath(new URL("../../dist/main.cjs", import.meta.url));
const CLOCK = new URL("fast-clock.mjs", import.meta.url).href;

/** Numbers that answer. */
const NUMBERS = ["+496990009", "+494066969", "+492214710", "+498999998"].flatMap((range) =>
  Array.from({ length: 1_000 }, (_, at) => `${range}${String(at).padStart(3, "0")}`),
);
/** Each list shows another number of the account, by which its calls are told apart. */
const SHOWN = ["+496990009000", "+496990009001", "+496990009002"];

/**
 * @typedef {object} ListCounts
 * @property {number} contacts
 * @property {number} calls that were really placed
 * @property {number} twice contacts that were rung more than once
 * @property {number} forgotten contacts that are neither done nor in a person's hands
 * @property {number} untrue contacts that are done without a call
 * @property {number} unknown contacts in a person's hands, before the person has decided
 * @property {number} neverRung of these: nothing rang
 * @property {number} killed
 * @property {number} stopped
 * @property {number} crashes of the database
 */

/**
 * @param {import("../postgres.mjs").Postgres} postgres a durable one
 * @param {string} databaseUrl of a database in it, with the schema
 * @param {{ contacts: number, processes?: number, crashes?: number, withinMs?: number, onProgress?: (text: string) => void }} size
 * `withinMs`: each program is left alone for so long at most
 * @returns {Promise<ListCounts>}
 */
export async function playListKills(
  postgres,
  databaseUrl,
  { contacts, processes = 8, crashes = 1, withinMs = 60_000, onProgress = () => {} },
) {
  const sandbox = await createSandbox({ clock: "manual", keep: 50_000 });
  const passing = setInterval(() => void sandbox.clock.advance(50 * SPEED), 50);
  const hangingUp = setInterval(() => hangUpAll(sandbox).catch(() => {}), 200);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on("error", () => {});
  const counts = { killed: 0, stopped: 0, crashes: 0 };
  const lists = await makeLists(pool, contacts);
  let isOver = false;

  const start = (/** @type {string} */ list, /** @type {number} */ slot) => {
    const { tokenId, token } = sandbox.classic;
    const child = spawn(
      process.execPath,
      ["--import", CLOCK, MAIN, "work", list, "--agent", `agent ${slot}`, "--caller", "e0", "--json"],
      {
        env: {
          ...process.env,
          SIPGATE_DATABASE_URL: databaseUrl,
          SIPGATE_BASE_URL: sandbox.baseUrl,
          SIPGATE_TOKEN_ID: tokenId,
          SIPGATE_TOKEN: token,
          SIPGATE_PLATFORM: "classic",
          TEST_SPEED: String(SPEED),
          TEST_CLOCK_AHEAD: String(slot % 2 === 0 ? HOUR_MS : 0),
        },
        stdio: ["pipe", "ignore", "pipe"],
      },
    );
    child.stdin.on("error", () => {});
    // The agent confirms whatever is asked.
    const confirming = setInterval(() => child.stdin.write("\n"), 100);
    const ended = once(child, "exit").finally(() => clearInterval(confirming));
    const asks = once(child.stderr, "data");
    const printed = text(child.stderr);
    return { child, ended, asks, printed };
  };

  /** One agent: whenever the program has ended, another is started, until the list is through. */
  async function agentWorks(/** @type {number} */ slot, /** @type {boolean} */ isCalm) {
    for (let turn = slot; !isOver; turn += 1) {
      const list = lists[turn % lists.length];
      const { child, ended, asks, printed } = start(list.name, slot);
      if (!isCalm) await Promise.race([ended, asks]);
      while (!isCalm && child.exitCode === null && child.signalCode === null) await suffer(child, ended);
      const [code] = await ended;
      // On a busy machine, and at this speed, the sandbox may not answer in time. Before the work begins, the program ends then.
      const isSlow = code === 6 && (await printed).includes('"code":"timeout"');
      if (typeof code === "number" && ![0, 7].includes(code) && !isSlow)
        throw new Error(`An agent's program has ended with ${code}: ${await printed}`);
      if (code === 0 && (await open()) === 0) return;
    }
  }

  /** After some seconds, a program is killed or stopped for a while. */
  async function suffer(child, ended) {
    await Promise.race([ended, sleep(Math.random() * withinMs)]);
    if (child.exitCode !== null) return;
    if (Math.random() < 0.6) {
      child.kill("SIGKILL");
      counts.killed += 1;
      await ended;
      return;
    }
    child.kill("SIGSTOP");
    counts.stopped += 1;
    await sleep(Math.random() * Math.min(withinMs, LONGEST_STOP_MS));
    child.kill("SIGCONT");
  }

  const open = async () => {
    for (;;) {
      try {
        const { rows } = await pool.query(
          "select count(*)::int as open from sipgate_call.contact where state in ('waiting', 'dialling')",
        );
        return rows[0].open;
      } catch {
        await sleep(200); // The database is away.
      }
    }
  };

  async function crashNowAndThen() {
    for (let crash = 1; crash <= crashes; crash += 1) {
      while ((await open()) > contacts * (1 - crash / (crashes + 1))) await sleep(200);
      await postgres.stop();
      await sleep(Math.random() * 1_500);
      await postgres.start();
      counts.crashes += 1;
    }
  }

  const report = setInterval(async () => {
    onProgress(`${await open()} of ${contacts} are left; ${JSON.stringify(counts)}`);
  }, 10_000);
  try {
    const crashing = crashNowAndThen();
    await Promise.all(Array.from({ length: processes }, (_, slot) => agentWorks(slot, false)));
    await crashing;
    const first = await judge(pool, sandbox, lists);
    // A person looks into the call history, and decides about each that isn't known.
    const person = await openCallLists(databaseUrl);
    for (const { id, calls } of first.unknownContacts)
      await person.review(id, calls > 0 ? "reached" : "not-reached");
    await person.close();
    await Promise.all(lists.map((_, slot) => agentWorks(slot, true)));
    const last = await judge(pool, sandbox, lists);
    return {
      contacts,
      calls: sandbox.calls.length,
      twice: last.twice,
      forgotten: first.forgotten + last.forgotten + last.unknownContacts.length,
      untrue: last.untrue,
      unknown: first.unknownContacts.length,
      neverRung: first.unknownContacts.filter(({ calls }) => calls === 0).length,
      ...counts,
    };
  } finally {
    isOver = true;
    clearInterval(report);
    clearInterval(passing);
    clearInterval(hangingUp);
    await pool.end();
    await sandbox.close();
  }
}

/** Calls are short: a callee who has answered hangs up. */
async function hangUpAll({ baseUrl, classic: { tokenId, token } }) {
  const headers = { authorization: `Basic ${Buffer.from(`${tokenId}:${token}`).toString("base64")}` };
  const { data } = await (await fetch(`${baseUrl}/calls`, { headers })).json();
  await Promise.all(
    data.map(({ callId }) => fetch(`${baseUrl}/calls/${callId}`, { method: "DELETE", headers })),
  );
}

/** Lists with the contacts, and a clock of the database's own. */
async function makeLists(/** @type {pg.Pool} */ pool, /** @type {number} */ contacts) {
  await pool.query(
    `create or replace function sipgate_call.moment() returns timestamptz language sql stable as
     'select timestamptz ''2026-11-25 09:00Z'' + ${DATABASE_SPEED} * (statement_timestamp() - timestamptz ''${new Date().toISOString()}'')'`,
  );
  await pool.query(
    "update sipgate_call.account set calls_per_second = 1000, calls_at_once = 1000, calls_per_day = 1e6",
  );
  const rules = {
    consentRequired: false,
    weekdayHours: ["00:00", "24:00"],
    saturdayHours: ["00:00", "24:00"],
    sundayHours: ["00:00", "24:00"],
    holidays: "none",
    attemptsADay: 1_000,
    attemptsAWeek: 1_000,
    retry: { unknown: 1 },
    wrapUpSeconds: 0,
  };
  const lists = [];
  for (let first = 0; first < contacts; first += NUMBERS.length) {
    const name = `list ${lists.length + 1}`;
    const shown = SHOWN[lists.length];
    const { rows } = await pool.query(
      "insert into sipgate_call.list (name, caller_id, rules) values ($1, $2, $3) returning id",
      [name, shown, JSON.stringify(rules)],
    );
    // The same number in another list is somebody else: otherwise it would wait until a person has looked at the other one.
    await pool.query(
      `insert into sipgate_call.contact (list_id, number, number_key)
       select $1::bigint, number, sha256(($1::bigint::text || number)::bytea) from unnest($2::text[]) as number`,
      [rows[0].id, NUMBERS.slice(0, contacts - first)],
    );
    lists.push({ id: rows[0].id, name, shown });
  }
  return lists;
}

/** What has really happened to each contact, and what is known of it. */
async function judge(pool, sandbox, lists) {
  const rung = new Map();
  for (const { callee, callerIdShown } of sandbox.calls)
    rung.set(`${callerIdShown} ${callee}`, (rung.get(`${callerIdShown} ${callee}`) ?? 0) + 1);
  const { rows } = await pool.query("select id, list_id, number, state from sipgate_call.contact");
  const found = rows.map(({ id, list_id: listId, number, state }) => {
    const shown = lists.find((list) => list.id === listId)?.shown;
    return { id, state, calls: rung.get(`${shown} ${number}`) ?? 0 };
  });
  return {
    twice: found.filter(({ calls }) => calls > 1).length,
    forgotten: found.filter(({ state }) => state !== "done" && state !== "unknown").length,
    untrue: found.filter(({ state, calls }) => state === "done" && calls === 0).length,
    unknownContacts: found.filter(({ state }) => state === "unknown"),
  };
}
