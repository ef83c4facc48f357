// Deletes what is known of people: at their wish, or when its time is over.
import type { Database } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { ListsError } from "../lists-error.js";
import { lockAccount, readNumberSecret } from "./account.js";
import { numberKey } from "./number-key.js";

export interface Forgotten {
  /** In all lists. */
  readonly contacts: number;
  /** Earlier calls. That there were some stays, without number, notes and the call's id. */
  readonly attempts: number;
  /** Proofs of consent that are kept, until five years after they were given or last used. */
  readonly keptConsents: number;
}

/** How long a proof of consent is kept, as § 7a UWG wants it. */
const PROOF = "interval '5 years'";

/**
 * Deletes a number from all lists. What stays: a keyed hash of it, so an objection and the number of attempts still
 * count; and a proof of consent until it's due. What is on its way to a webhook is deleted, too.
 *
 * @param number E.164
 * @throws ListsError if it's being called
 */
export function forgetNumber(database: Database, number: string): Promise<Forgotten> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    const key = numberKey(await readNumberSecret(queries), number);
    const running = await queries.query(
      `select from ${SCHEMA}.attempt where number_key = $1 and state = 'dialling'`,
      [key],
    );
    if (running.length > 0)
      throw new ListsError("busy", "The number is being called.", "Try again when the call is over.");
    // The id of a call holds phone numbers.
    await queries.query(
      `delete from ${SCHEMA}.idempotency using ${SCHEMA}.attempt a
        where a.number_key = $1 and record #>> '{state,call,callId}' = a.call_id`,
      [key],
    );
    const attempts = await queries.query(
      `update ${SCHEMA}.attempt set call_id = null, note = null, error = null, contact_id = null
        where number_key = $1 returning id`,
      [key],
    );
    await queries.query(
      `delete from ${SCHEMA}.outbox where attempt_id in (select id from ${SCHEMA}.attempt where number_key = $1)`,
      [key],
    );
    const contacts = await queries.query(
      `delete from ${SCHEMA}.contact
        where id in (select contact_id from ${SCHEMA}.listed_number where number_key = $1) returning id`,
      [key],
    );
    await queries.query(`delete from ${SCHEMA}.consent where number_key = $1 and ${IS_DUE}`, [key]);
    const kept = await queries.query(`select from ${SCHEMA}.consent where number_key = $1`, [key]);
    return { contacts: contacts.length, attempts: attempts.length, keptConsents: kept.length };
  });
}

const IS_DUE = `greatest(given_at, last_used_at) < ${SCHEMA}.moment() - ${PROOF}`;

export interface Tidied {
  readonly contacts: number;
  readonly consents: number;
}

/** Deletes contacts that their list has kept for long enough, with the notes of their calls, and consents that are due. */
export function deleteExpired(database: Database): Promise<Tidied> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    const [contacts] = await queries.query<{ count: number }>(EXPIRED);
    const [consents] = await queries.query<{ count: number }>(
      `with gone as (delete from ${SCHEMA}.consent where ${IS_DUE} returning id)
       select count(*)::int as count from gone`,
    );
    return { contacts: contacts?.count ?? 0, consents: consents?.count ?? 0 };
  });
}

/** One that is being dialled, or that somebody has to look at, is kept. So is one that is to be called later. */
const EXPIRED = `
  with expired as (
    select c.id from ${SCHEMA}.contact c join ${SCHEMA}.list l on l.id = c.list_id
     where c.state in ('waiting', 'done')
       and (c.call_back_at is null or c.call_back_at < ${SCHEMA}.moment())
       and greatest(c.created_at, (select max(started_at) from ${SCHEMA}.attempt a where a.contact_id = c.id))
           < ${SCHEMA}.moment() - l.retention_days * interval '1 day'
       for update of c
  ), unkeyed as (
    delete from ${SCHEMA}.idempotency using ${SCHEMA}.attempt a, expired
     where a.contact_id = expired.id and record #>> '{state,call,callId}' = a.call_id
  ), scrubbed as (
    update ${SCHEMA}.attempt set call_id = null, note = null, error = null
      from expired where attempt.contact_id = expired.id
    returning attempt.id
  ), unsent as (
    delete from ${SCHEMA}.outbox using scrubbed where outbox.attempt_id = scrubbed.id
  ), gone as (
    delete from ${SCHEMA}.contact using expired where contact.id = expired.id returning contact.id
  )
  select count(*)::int as count from gone`;
