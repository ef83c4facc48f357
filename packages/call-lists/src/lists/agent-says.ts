// What people say of calls: how one went, what became of one that isn't known, and who doesn't want to be called.
import type { Database, Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { ListsError } from "../lists-error.js";
import { lockAccount, readNumberSecret } from "./account.js";
import { queueEvent } from "./attempt-outcome.js";
import { numberKey } from "./number-key.js";
import { settleContact } from "./settle-contact.js";

export interface Said {
  /** One of the list's dispositions. */
  readonly disposition?: string | undefined;
  readonly note?: string | undefined;
  /** When the callee asked to be called again. */
  readonly callBackAt?: Date | undefined;
}

/**
 * Notes what an agent says of a call, and puts the contact where that sends it.
 *
 * @throws ListsError if there is no such attempt, or the list has no such disposition
 */
export function noteDisposition(
  database: Database,
  attemptId: string,
  { disposition, note, callBackAt }: Said,
): Promise<void> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    const effect = disposition === undefined ? undefined : await effectOf(queries, attemptId, disposition);
    const [row] = await queries.query<{ contact_id: string | null; number_key: Buffer }>(
      `update ${SCHEMA}.attempt set disposition = coalesce($2, disposition), note = coalesce($3, note)
        where id = $1 returning contact_id, number_key`,
      [attemptId, disposition ?? null, note ?? null],
    );
    if (row === undefined) throw notFound("There is no such attempt.");
    if (effect === "do-not-call") await insertObjection(queries, row.number_key, "said so on the phone");
    if (row.contact_id !== null && callBackAt !== undefined)
      await queries.query(
        `update ${SCHEMA}.contact set call_back_at = $2, turn = ${SCHEMA}.turn(priority, $2) where id = $1`,
        [row.contact_id, callBackAt],
      );
    if (row.contact_id !== null) await settleIfOver(queries, row.contact_id);
    await queueEvent(queries, attemptId, "disposition");
  });
}

async function effectOf(queries: Queries, attemptId: string, disposition: string): Promise<string> {
  const [row] = await queries.query<{ effect: string }>(
    `select d.effect from ${SCHEMA}.attempt a join ${SCHEMA}.disposition d on d.list_id = a.list_id
      where a.id = $1 and d.name = $2`,
    [attemptId, disposition],
  );
  if (row === undefined) throw notFound(`The list has no disposition "${disposition}".`);
  return row.effect;
}

/** A contact that is being dialled, or that another agent has, is settled when that is over. */
async function settleIfOver(queries: Queries, contactId: string): Promise<void> {
  const [row] = await queries.query(
    `select from ${SCHEMA}.contact where id = $1 and state in ('waiting', 'done') and lease is null for update`,
    [contactId],
  );
  if (row !== undefined) await settleContact(queries, contactId);
}

/** What a person has found out about an attempt of which it isn't known what became of it. */
export type Review = "reached" | "not-reached";

/**
 * Ends an unknown: `reached` is as good as a completed call; after `not-reached`, the contact may be called again.
 *
 * @throws ListsError if the contact isn't an unknown one
 */
export function reviewUnknown(database: Database, contactId: string, review: Review): Promise<void> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    const [contact] = await queries.query<{ list_id: string; number_key: Buffer }>(
      `select list_id, number_key from ${SCHEMA}.contact where id = $1 and state = 'unknown' for update`,
      [contactId],
    );
    if (contact === undefined) throw notFound(`Contact ${contactId} isn't one of those that are unknown.`);
    await queries.query(
      `update ${SCHEMA}.attempt
          set reviewed_at = ${SCHEMA}.moment(), state = 'ended', cause = $2, ended_at = coalesce(ended_at, ${SCHEMA}.moment())
        where list_id = $1 and number_key = $3 and reviewed_at is null and cause = 'unknown' and state <> 'dialling'`,
      [contact.list_id, review === "reached" ? "completed" : "unknown", contact.number_key],
    );
    await settleContact(queries, contactId);
  });
}

/**
 * Notes that somebody doesn't want to be called: from now on, in no list, for good. It's durable when this returns.
 *
 * @param number E.164
 */
export function addObjection(database: Database, number: string, reason: string): Promise<void> {
  return database.transaction(async (queries) => {
    // A contact that is just being marked was marked before the objection was noted, or isn't marked.
    await lockAccount(queries);
    await insertObjection(queries, numberKey(await readNumberSecret(queries), number), reason);
  });
}

async function insertObjection(queries: Queries, key: Buffer, reason: string): Promise<void> {
  await queries.query(
    `insert into ${SCHEMA}.do_not_call (number_key, added_at, reason) values ($1, ${SCHEMA}.moment(), $2)
     on conflict do nothing`,
    [key, reason],
  );
}

function notFound(message: string): ListsError {
  return new ListsError("not-found", message, "Look with `sipgate-call-lists status`.");
}
