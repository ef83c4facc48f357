// Lists and agents by name.
import type { Database, Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { ListsError } from "../lists-error.js";
import { lockAccount } from "./account.js";

export type ListState = "running" | "paused" | "stopped";

export interface List {
  readonly id: string;
  readonly name: string;
  readonly state: ListState;
  /** The number that callees see. */
  readonly callerId: string | undefined;
}

/** @throws ListsError if there is none of that name */
export async function findList(queries: Queries, name: string): Promise<List> {
  const [row] = await queries.query<{ id: string; state: ListState; caller_id: string | null }>(
    `select id, state, caller_id from ${SCHEMA}.list where name = $1`,
    [name],
  );
  if (row === undefined)
    throw new ListsError(
      "not-found",
      `There is no list ${name}.`,
      "See which there are: sipgate-call-lists status",
    );
  return { id: row.id, name, state: row.state, callerId: row.caller_id ?? undefined };
}

export async function hasList(queries: Queries, name: string): Promise<boolean> {
  return (await queries.query(`select from ${SCHEMA}.list where name = $1`, [name])).length > 0;
}

/** The dispositions that a new list has. */
const USUAL: readonly (readonly [name: string, effect: string])[] = [
  ["reached", "done"],
  ["mailbox", "retry"],
  ["call back", "call-back"],
  ["wrong number", "done"],
  ["do not call", "do-not-call"],
];

/** The list of that name; made if there is none. */
export function makeList(database: Database, name: string): Promise<List> {
  return database.transaction(async (queries) => {
    const [made] = await queries.query<{ id: string }>(
      `insert into ${SCHEMA}.list (name, created_at) values ($1, ${SCHEMA}.moment()) on conflict do nothing returning id`,
      [name],
    );
    if (made !== undefined)
      for (const [disposition, effect] of USUAL)
        await queries.query(`insert into ${SCHEMA}.disposition (list_id, name, effect) values ($1, $2, $3)`, [
          made.id,
          disposition,
          effect,
        ]);
    return findList(queries, name);
  });
}

/** For all agents on all machines: when this returns, nobody is dialled any more unless the list is running. */
export function setListState(database: Database, listId: string, state: ListState): Promise<void> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    await queries.query(`update ${SCHEMA}.list set state = $2 where id = $1`, [listId, state]);
  });
}

/** @param callerId E.164, one of the account's numbers */
export async function setCallerId(queries: Queries, listId: string, callerId: string): Promise<void> {
  await queries.query(`update ${SCHEMA}.list set caller_id = $2 where id = $1`, [listId, callerId]);
}

/** The id of the agent of that name, who is new or not. */
export async function agentCalled(queries: Queries, name: string): Promise<string> {
  const [row] = await queries.query<{ id: string }>(
    `insert into ${SCHEMA}.agent (name) values ($1) on conflict (name) do update set name = excluded.name returning id`,
    [name],
  );
  if (row === undefined) throw new Error("The agent has no id.");
  return row.id;
}
