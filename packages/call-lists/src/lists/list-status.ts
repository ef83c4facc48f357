import type { Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import type { ListState } from "./lists.js";

/** How far a list has come. */
export interface ListStatus {
  readonly list: string;
  readonly state: ListState;
  /** Can be handed out now, as far as hours and the like allow it. */
  readonly due: number;
  /** In an agent's hands. */
  readonly held: number;
  /** To be called later. */
  readonly later: number;
  readonly dialling: number;
  /** In a person's hands: see `unknown`. */
  readonly unknown: number;
  readonly done: number;
  /** Answered calls of which no agent has said how they went. */
  readonly withoutDisposition: number;
  /** Events that their URL hasn't taken yet. */
  readonly undelivered: number;
}

/** @param list the name of one; default: all */
export async function listStatus(queries: Queries, list?: string): Promise<readonly ListStatus[]> {
  return queries.query<{ [Column in keyof ListStatus]: ListStatus[Column] }>(
    `select l.name as list, l.state,
            count(*) filter (where c.state = 'waiting' and c.due_at <= ${SCHEMA}.moment())::int as due,
            count(*) filter (where c.state = 'waiting' and c.due_at > ${SCHEMA}.moment() and c.lease is not null)::int
              as held,
            count(*) filter (where c.state = 'waiting' and c.due_at > ${SCHEMA}.moment() and c.lease is null)::int
              as later,
            count(*) filter (where c.state = 'dialling')::int as dialling,
            count(*) filter (where c.state = 'unknown')::int as unknown,
            count(*) filter (where c.state = 'done')::int as done,
            (select count(*)::int from ${SCHEMA}.attempt a
              where a.list_id = l.id and a.cause = 'completed' and a.disposition is null) as "withoutDisposition",
            (select count(*)::int from ${SCHEMA}.outbox o where o.list_id = l.id and o.taken_at is null) as undelivered
       from ${SCHEMA}.list l left join ${SCHEMA}.contact c on c.list_id = l.id
      where $1::text is null or l.name = $1
      group by l.id order by l.id`,
    [list ?? null],
  );
}
