// What an agent costs who waits for contacts, and what they are told.
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Database } from "../src/database/database.js";
import { handOut } from "../src/lists/hand-out.js";
import type { Agent } from "../src/work/dial-contact.js";
import { emptyDatabase, startDatabases, type TestDatabases } from "./database.js";
import { agentNamed, listOf, MORNING, SHOWN, setMoment } from "./lists.js";

const CONTACTS = 3_000;

let databases: TestDatabases;
let database: Database;
let anna: Agent;
beforeAll(async () => {
  databases = await startDatabases();
  database = databases.open(databases.newDatabase());
});
afterAll(() => databases.close());
beforeEach(async () => {
  await emptyDatabase(database);
  await setMoment(database, MORNING);
  anna = await agentNamed(database, "anna");
});

/** A list whose contacts are due one after another from 9:01 on, by five priorities. */
async function listForLater() {
  const list = await listOf(database, "spring", []);
  await database.query(
    `insert into sipgate_call.contact (list_id, number, number_key, priority, turn, due_at)
     select $1, '+493023125' || lpad(n::text, 6, '0'), sha256(n::text::bytea), n % 5, -(n % 5),
            timestamptz '${MORNING}' + n * interval '1 minute'
       from generate_series(1, ${CONTACTS}) n`,
    [list.id],
  );
  return { listId: list.id, agentId: anna.id, shownNumber: SHOWN };
}

it("an agent who waits reads the ends of an index, and not all who wait to be called", async () => {
  const options = await listForLater();
  const names: (string | undefined)[] = [];
  await database.transaction(async (queries) => {
    const counting: Database = {
      ...database,
      query(text, values, name) {
        names.push(name);
        return queries.query(text, values, name);
      },
    };
    const handed = await handOut(counting, { ...options, looksFirst: true });
    expect(handed).toMatchObject({ kind: "nobody", nextAt: new Date("2026-11-25T09:01:00Z"), inMs: 60_000 });
    const [{ read } = { read: Number.NaN }] = await queries.query<{ read: number }>(
      `select (pg_stat_get_xact_tuples_returned('sipgate_call.contact'::regclass)
               + pg_stat_get_xact_tuples_returned('sipgate_call.contact_waiting'::regclass))::int as read`,
    );
    expect(read).toBeLessThan(20);
  });
  expect(names).toEqual(["next-due"]);
});

it("an agent who has waited gets whoever becomes due", async () => {
  const options = { ...(await listForLater()), looksFirst: true };
  await setMoment(database, "2026-11-25T09:01:00Z");
  expect(await handOut(database, options)).toMatchObject({
    kind: "contact",
    contact: { contact: { number: "+493023125000001" } },
  });
});

it("an agent who would show a number of somebody else's isn't told to wait", async () => {
  const list = await listOf(database, "spring", [{ number: "+493023125000" }]);
  const options = { listId: list.id, agentId: anna.id, shownNumber: { ...SHOWN, isOwn: false } };
  const told = { kind: "nobody", reason: { rule: "shown-number" }, nextAt: undefined };
  expect(await handOut(database, options)).toMatchObject(told);
  expect(await handOut(database, options)).toMatchObject(told);
});
