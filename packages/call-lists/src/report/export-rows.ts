// Everything that a list has, row by row: for spreadsheets, and as proof.
import type { Database, SqlValue } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { readNumberSecret } from "../lists/account.js";
import { numberKey } from "../lists/number-key.js";

/** What can be exported. */
export type Exported = "attempts" | "contacts" | "consents";

export const isExported = (text: string): text is Exported =>
  text === "attempts" || text === "contacts" || text === "consents";

/** The columns of each, in this order. */
export const COLUMNS: Readonly<Record<Exported, readonly string[]>> = {
  attempts: [
    ...["contact", "number", "name", "company", "attempt", "started", "ended", "outcome", "cause"],
    ...["seconds", "agent", "disposition", "note", "call"],
  ],
  contacts: [
    ...["contact", "number", "name", "company", "notes", "extra", "state", "ended_by", "attempts"],
    ...["last_attempt", "last_cause", "last_disposition", "due", "call_back", "priority", "do_not_call"],
  ],
  consents: [
    "number",
    "name",
    "given",
    "how",
    "purpose",
    "words",
    "last_used",
    "recorded",
    "due_for_deletion",
  ],
};

/** Text, a number, a time, an object; null if there is none. */
export type ExportedRow = Readonly<Record<string, unknown>>;

const ROWS_AT_ONCE = 5_000;

/**
 * Reads all rows as of one moment. There may be millions.
 *
 * @param number E.164: only what concerns it
 */
export async function exportRows(
  database: Database,
  listId: string,
  what: Exported,
  {
    number,
    onRow,
  }: { readonly number?: string | undefined; readonly onRow: (row: ExportedRow) => Promise<void> },
): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query("set transaction isolation level repeatable read, read only");
    const key = number === undefined ? undefined : numberKey(await readNumberSecret(queries), number);
    const values: SqlValue[] = [listId, key ?? null];
    await queries.query(`declare exported no scroll cursor for ${SELECTS[what]}`, values);
    for (;;) {
      const rows = await queries.query<ExportedRow>(`fetch ${ROWS_AT_ONCE} from exported`);
      if (rows.length === 0) return;
      for (const row of rows) await onRow(row);
    }
  });
}

const SELECTS: Readonly<Record<Exported, string>> = {
  attempts: `
    select c.id as contact, c.number, c.name, c.company,
           row_number() over (partition by a.number_key order by a.started_at) as attempt,
           a.started_at as started, a.ended_at as ended, a.state as outcome, a.cause, a.duration_seconds as seconds,
           agent.name as agent, a.disposition, a.note, a.call_id as call
      from ${SCHEMA}.attempt a
      left join ${SCHEMA}.contact c on c.id = a.contact_id
      left join ${SCHEMA}.agent on agent.id = a.agent_id
     where a.list_id = $1 and a.state <> 'not-dialled' and ($2::bytea is null or a.number_key = $2)
     order by a.started_at`,
  contacts: `
    select c.id as contact, c.number, c.name, c.company, c.notes, c.extra, c.state, c.done_because as ended_by,
           coalesce(a.count, 0) as attempts, a.started_at as last_attempt, a.cause as last_cause,
           a.disposition as last_disposition, case when c.state = 'waiting' and isfinite(c.due_at) then c.due_at end as due,
           c.call_back_at as call_back, c.priority,
           exists (select from ${SCHEMA}.do_not_call d where d.number_key = c.number_key) as do_not_call
      from ${SCHEMA}.contact c
      left join lateral (
        select started_at, cause, disposition, count(*) over () from ${SCHEMA}.attempt
         where contact_id = c.id and state <> 'not-dialled' order by started_at desc limit 1) a on true
     where c.list_id = $1 and ($2::bytea is null or c.number_key = $2)
     order by c.id`,
  consents: `
    select s.number, c.name, s.given_at as given, s.how, s.purpose, s.words, s.last_used_at as last_used,
           s.created_at as recorded, greatest(s.given_at, s.last_used_at) + interval '5 years' as due_for_deletion
      from ${SCHEMA}.consent s
      left join ${SCHEMA}.contact c on c.number_key = s.number_key and c.list_id = $1
     where (c.id is not null or s.number_key = $2) and ($2::bytea is null or s.number_key = $2)
     order by s.number, s.given_at`,
};
