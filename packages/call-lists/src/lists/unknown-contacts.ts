import type { Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";

/** A contact of whom it isn't known whether they were reached. */
export interface UnknownContact {
  readonly id: string;
  readonly list: string;
  readonly number: string;
  readonly name: string | undefined;
  readonly startedAt: Date | undefined;
  readonly agent: string | undefined;
  readonly callId: string | undefined;
  readonly error: string | undefined;
}

/** @param list the name of one; default: all */
export async function unknownContacts(queries: Queries, list?: string): Promise<readonly UnknownContact[]> {
  const rows = await queries.query<{
    id: string;
    list: string;
    number: string;
    name: string | null;
    started_at: Date | null;
    agent: string | null;
    call_id: string | null;
    error: string | null;
  }>(
    `select c.id, l.name as list, c.number, c.name, a.started_at, agent.name as agent, a.call_id, a.error
       from ${SCHEMA}.contact c
       join ${SCHEMA}.list l on l.id = c.list_id
       left join lateral (select * from ${SCHEMA}.attempt where contact_id = c.id order by started_at desc limit 1) a
         on true
       left join ${SCHEMA}.agent on agent.id = a.agent_id
      where c.state = 'unknown' and ($1::text is null or l.name = $1)
      order by a.started_at, c.id`,
    [list ?? null],
  );
  return rows.map((row) => ({
    id: row.id,
    list: row.list,
    number: row.number,
    name: row.name ?? undefined,
    startedAt: row.started_at ?? undefined,
    agent: row.agent ?? undefined,
    callId: row.call_id ?? undefined,
    error: row.error ?? undefined,
  }));
}
